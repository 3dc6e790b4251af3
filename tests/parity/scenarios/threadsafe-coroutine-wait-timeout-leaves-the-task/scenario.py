# rules: EXE-5: a wait with a timeout in the other thread gives up the wait and not the task.
import asyncio
import threading


async def main():
    loop = asyncio.get_running_loop()
    gate = asyncio.Event()
    given_up = threading.Event()
    result = []

    async def work():
        await gate.wait()
        return "value in spite of the timeout"

    def other_thread():
        future = asyncio.run_coroutine_threadsafe(work(), loop)
        try:
            future.result(0.01)
        except TimeoutError as e:
            print("thread:", type(e).__name__)
        print("thread: cancelled", future.cancelled())
        loop.call_soon_threadsafe(gate.set)
        print("thread:", future.result(5))

    await asyncio.to_thread(other_thread)


asyncio.run(main())
