# rules: LOCK-3, LOCK-2: after release the lock is free until the woken waiter runs, yet a newcomer queues behind it.
import asyncio


async def worker(name, lock):
    print(name, "asks, locked", lock.locked())
    await lock.acquire()
    print(name, "holds")
    lock.release()


async def main():
    lock = asyncio.Lock()
    await lock.acquire()
    waiting = asyncio.create_task(worker("waiter", lock))
    await asyncio.sleep(0)
    newcomer = asyncio.create_task(worker("newcomer", lock))
    lock.release()
    print("released, locked", lock.locked())
    print("main asks again")
    await lock.acquire()
    print("main holds")
    lock.release()
    await asyncio.gather(waiting, newcomer)


asyncio.run(main())
