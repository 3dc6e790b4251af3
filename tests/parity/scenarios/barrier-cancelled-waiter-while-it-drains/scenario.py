# rules: BAR-3, CAN-4: a waiter cancelled after the last arrival is cancelled; the round ends and the next one works.
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
    task = asyncio.create_task(worker("a", barrier))
    await asyncio.sleep(0)
    await worker("last", barrier)
    task.cancel()
    await asyncio.wait([task])
    print("waiting", barrier.n_waiting, "broken", barrier.broken)
    await asyncio.gather(worker("c", barrier), worker("d", barrier))


asyncio.run(main())
