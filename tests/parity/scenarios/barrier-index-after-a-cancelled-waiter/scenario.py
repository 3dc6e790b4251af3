# rules: BAR-2, BAR-3: after a waiter was cancelled two tasks can get the same index.
# differs: on purpose; asyncio4j gives every task of a round its own index.
import asyncio


async def main():
    barrier = asyncio.Barrier(3)
    gone = asyncio.create_task(barrier.wait())
    second = asyncio.create_task(barrier.wait())
    await asyncio.sleep(0)
    gone.cancel()
    await asyncio.wait([gone])
    third = asyncio.create_task(barrier.wait())
    await asyncio.sleep(0)
    fourth = asyncio.create_task(barrier.wait())
    print("indices", *await asyncio.gather(second, third, fourth))


asyncio.run(main())
