# rules: EXE-4: shutting the default executor down waits for its jobs while the loop turns, and then refuses new ones.
import asyncio
import threading


async def main():
    loop = asyncio.get_running_loop()
    gate = threading.Event()
    finished = []

    def job():
        gate.wait(5)
        finished.append("job")

    loop.run_in_executor(None, job)
    loop.call_soon(print, "the loop turns meanwhile")
    loop.call_soon(gate.set)
    await loop.shutdown_default_executor()
    print("finished:", ", ".join(finished))
    try:
        loop.run_in_executor(None, print)
    except RuntimeError as e:
        print("new job:", type(e).__name__)
    try:
        await asyncio.to_thread(print)
    except RuntimeError as e:
        print("to_thread:", type(e).__name__)


asyncio.run(main())
