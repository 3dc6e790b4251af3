# rules: BAR-3: a waiter cancelled while the barrier fills leaves it unbroken.
import asyncio


async def worker(name, barrier):
    try:
        await barrier.wait()
        print(name, "leaves")
    except asyncio.CancelledError:
        print(name, "cancelled")
        raise


async def main():
    barrier = asyncio.Barrier(2)
    gone = asyncio.create_task(worker("gone", barrier))
    await asyncio.sleep(0)
    print("waiting", barrier.n_waiting)
    gone.cancel()
    await asyncio.wait([gone])
    print("waiting", barrier.n_waiting, "broken", barrier.broken)
    await asyncio.gather(worker("a", barrier), worker("b", barrier))


asyncio.run(main())
