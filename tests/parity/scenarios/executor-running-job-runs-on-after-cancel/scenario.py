# rules: EXE-2: cancelling the future of a running job succeeds at once; the job runs on and its value is dropped.
import asyncio
import threading


async def main():
    loop = asyncio.get_running_loop()
    running, gate, finished = threading.Event(), threading.Event(), threading.Event()

    def job():
        running.set()
        gate.wait(5)
        finished.set()
        return "dropped"

    future = loop.run_in_executor(None, job)
    running.wait(5)
    print("cancel accepted:", future.cancel())
    try:
        await future
    except asyncio.CancelledError:
        print("cancelled, job finished:", finished.is_set())
    gate.set()
    print("job ran on:", finished.wait(5))


asyncio.run(main())
