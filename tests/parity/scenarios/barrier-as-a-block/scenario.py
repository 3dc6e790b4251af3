# rules: BAR-2, BAR-5, EXIT: entering the block waits at the barrier and gives the index; leaving does nothing.
import asyncio


async def worker(name, barrier):
    async with barrier as index:
        print(name, "inside with", index)
        await asyncio.sleep(0)
    print(name, "outside")


async def main():
    barrier = asyncio.Barrier(2)
    await asyncio.gather(worker("a", barrier), worker("b", barrier))
    try:
        asyncio.Barrier(0)
    except ValueError as e:
        print("no parties:", type(e).__name__)


asyncio.run(main())
