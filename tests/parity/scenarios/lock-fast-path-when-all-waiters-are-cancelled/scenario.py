# rules: LOCK-2: a free lock is taken at once when every queued waiter is cancelled already.
import asyncio


async def worker(lock):
    await lock.acquire()
    print("never holds")


async def main():
    lock = asyncio.Lock()
    await lock.acquire()
    task = asyncio.create_task(worker(lock))
    await asyncio.sleep(0)
    task.cancel()
    lock.release()
    asyncio.get_running_loop().call_soon(print, "next iteration")
    await lock.acquire()
    print("taken at once, waiter done", task.done())
    await asyncio.wait([task])
    print("locked", lock.locked())


asyncio.run(main())
