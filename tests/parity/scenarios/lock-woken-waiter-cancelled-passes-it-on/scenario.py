# rules: LOCK-3, CAN-12, CAN-4: a waiter cancelled after it was woken wakes the next one, the lock is not lost.
import asyncio


async def worker(name, lock):
    try:
        await lock.acquire()
    except asyncio.CancelledError:
        print(name, "cancelled")
        raise
    print(name, "holds")
    lock.release()


async def main():
    lock = asyncio.Lock()
    await lock.acquire()
    tasks = [asyncio.create_task(worker(name, lock)) for name in ("first", "second", "third")]
    await asyncio.sleep(0)
    lock.release()
    tasks[0].cancel()
    await asyncio.wait(tasks)
    print("locked", lock.locked())


asyncio.run(main())
