# rules: AG-2, AG-7, LOCK-4: what a generator holds at its yield it holds until it is closed.
import asyncio


async def guarded(lock):
    async with lock:
        yield "inside"


async def main():
    lock = asyncio.Lock()
    generator = guarded(lock)
    print("got", await anext(generator), "locked", lock.locked())
    await asyncio.sleep(0)
    print("locked", lock.locked())
    await generator.aclose()
    print("closed, locked", lock.locked())


asyncio.run(main())
