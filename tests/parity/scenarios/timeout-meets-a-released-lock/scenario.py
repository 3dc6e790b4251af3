# rules: TO-4, LOCK-3, CAN-12, CAN-4: release and expiry in one iteration: the limit wins and the next waiter gets the lock.
import asyncio


async def limited(lock, limits):
    try:
        async with asyncio.timeout(3600) as limit:
            limits.append(limit)
            async with lock:
                print("limited holds")
    except TimeoutError as e:
        print("limited", type(e).__name__)


async def patient(lock):
    async with lock:
        print("patient holds")


async def main():
    lock, limits = asyncio.Lock(), []
    await lock.acquire()
    tasks = [asyncio.create_task(limited(lock, limits)), asyncio.create_task(patient(lock))]
    await asyncio.sleep(0)
    limits[0].reschedule(asyncio.get_running_loop().time() - 1)
    asyncio.get_running_loop().call_soon(print, "expired in this iteration")
    lock.release()
    await asyncio.wait(tasks)
    print("locked", lock.locked())


asyncio.run(main())
