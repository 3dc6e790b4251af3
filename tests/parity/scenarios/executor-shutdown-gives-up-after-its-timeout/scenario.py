# rules: EXE-4: a job that does not end holds the shutdown of the default executor only for the given time.
import asyncio
import threading


async def main():
    loop = asyncio.get_running_loop()
    running, gate, finished = threading.Event(), threading.Event(), threading.Event()

    def job():
        running.set()
        gate.wait(5)
        finished.set()

    loop.run_in_executor(None, job)
    running.wait(5)
    await loop.shutdown_default_executor(timeout=0.01)
    print("given up, job finished:", finished.is_set())
    gate.set()
    print("job ends later:", finished.wait(5))


asyncio.run(main())
