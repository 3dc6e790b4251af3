# rules: EXE-2: cancelling the future of a job that has not started keeps the job from running.
import asyncio
import concurrent.futures
import threading


async def main():
    loop = asyncio.get_running_loop()
    pool = concurrent.futures.ThreadPoolExecutor(max_workers=1)
    gate = threading.Event()
    ran = []
    busy = loop.run_in_executor(pool, gate.wait, 5)
    queued = loop.run_in_executor(pool, ran.append, "queued job")
    print("cancel accepted:", queued.cancel())
    print("cancelled at once:", queued.cancelled())
    await asyncio.sleep(0)
    gate.set()
    print("busy job:", await busy)
    await loop.run_in_executor(pool, ran.append, "later job")
    print(", ".join(ran))
    pool.shutdown()


asyncio.run(main())
