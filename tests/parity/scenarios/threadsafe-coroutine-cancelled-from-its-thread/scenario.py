# rules: EXE-5, EXE-6: cancelling the future that the other thread holds cancels the task in the loop.
import asyncio
import threading


async def main():
    loop = asyncio.get_running_loop()
    started, ended = threading.Event(), asyncio.Event()

    async def work():
        started.set()
        try:
            await loop.create_future()
        except asyncio.CancelledError:
            print("task: cancelled")
            ended.set()
            raise

    def other_thread():
        future = asyncio.run_coroutine_threadsafe(work(), loop)
        started.wait(5)
        return future.cancel(), future.cancelled()

    accepted, cancelled = await asyncio.to_thread(other_thread)
    await ended.wait()
    print("thread: cancel accepted", accepted, "cancelled", cancelled)


asyncio.run(main())
