# rules: BAR-1, BAR-2, BAR-5: the last arrival lets all go; each gets its own index, and the last returns first.
import asyncio


async def worker(name, barrier):
    print(name, "arrives, waiting", barrier.n_waiting)
    index = await barrier.wait()
    print(name, "leaves with", index)


async def main():
    barrier = asyncio.Barrier(3)
    for _ in range(2):
        await asyncio.gather(*(worker(name, barrier) for name in "abc"))
        print("parties", barrier.parties, "waiting", barrier.n_waiting, "broken", barrier.broken)


asyncio.run(main())
