# rules: LOCK-2, LOCK-3: waiters get the lock in the order they asked for it.
import asyncio


async def worker(name, lock):
    print(name, "asks")
    async with lock:
        print(name, "holds")
        await asyncio.sleep(0)
    print(name, "released")


async def main():
    lock = asyncio.Lock()
    await asyncio.gather(*(worker(name, lock) for name in "abc"))
    print("locked", lock.locked())


asyncio.run(main())
