# rules: BAR-4, BAR-1: reset sends the waiters away with BrokenBarrierError; then the barrier fills again.
import asyncio


async def worker(name, barrier):
    try:
        await barrier.wait()
        print(name, "leaves")
    except asyncio.BrokenBarrierError as e:
        print(name, type(e).__name__)


async def main():
    barrier = asyncio.Barrier(2)
    await barrier.reset()
    print("reset when empty, broken", barrier.broken)
    task = asyncio.create_task(worker("a", barrier))
    await asyncio.sleep(0)
    await barrier.reset()
    print("reset, broken", barrier.broken, "waiting", barrier.n_waiting)
    late = asyncio.create_task(worker("b", barrier))
    await asyncio.wait([task])
    await asyncio.gather(late, worker("c", barrier))


asyncio.run(main())
