# rules: LOCK-2, CAN-12: a waiter cancelled in the queue leaves it, in the middle or at the head.
import asyncio


async def worker(name, lock):
    try:
        async with lock:
            print(name, "holds")
    except asyncio.CancelledError:
        print(name, "cancelled")
        raise


async def main():
    lock = asyncio.Lock()
    await lock.acquire()
    tasks = [asyncio.create_task(worker(name, lock)) for name in "abcd"]
    await asyncio.sleep(0)
    tasks[2].cancel()
    tasks[0].cancel()
    lock.release()
    print("locked", lock.locked())
    await asyncio.wait(tasks)
    print("locked", lock.locked())


asyncio.run(main())
