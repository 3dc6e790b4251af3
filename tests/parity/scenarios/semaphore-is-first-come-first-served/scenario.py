# rules: SEM-1, SEM-2: at most so many hold a permit, and the others get theirs in order.
import asyncio


async def worker(name, semaphore):
    async with semaphore:
        print(name, "enters, locked", semaphore.locked())
        await asyncio.sleep(0)
        print(name, "leaves")


async def main():
    semaphore = asyncio.Semaphore(2)
    await asyncio.gather(*(worker(name, semaphore) for name in "abcde"))
    print("locked", semaphore.locked())


asyncio.run(main())
