# rules: SEM-3, SEM-1: a waiter cancelled in the queue just leaves; while one is queued the semaphore is locked.
import asyncio


async def worker(name, semaphore):
    try:
        await semaphore.acquire()
    except asyncio.CancelledError:
        print(name, "cancelled, locked", semaphore.locked())
        raise
    print(name, "acquired")


async def main():
    semaphore = asyncio.Semaphore(0)
    tasks = [asyncio.create_task(worker(name, semaphore)) for name in ("first", "second")]
    await asyncio.sleep(0)
    tasks[0].cancel()
    semaphore.release()
    await asyncio.wait(tasks)
    print("locked", semaphore.locked())
    semaphore.release()
    print("locked", semaphore.locked())


asyncio.run(main())
