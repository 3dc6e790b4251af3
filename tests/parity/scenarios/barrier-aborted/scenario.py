# rules: BAR-4: abort breaks the barrier for those who wait and all who come, until it is reset.
import asyncio


async def worker(name, barrier):
    try:
        await barrier.wait()
        print(name, "leaves")
    except asyncio.BrokenBarrierError as e:
        print(name, type(e).__name__)


async def main():
    barrier = asyncio.Barrier(3)
    tasks = [asyncio.create_task(worker(name, barrier)) for name in "ab"]
    await asyncio.sleep(0)
    await barrier.abort()
    print("broken", barrier.broken, "waiting", barrier.n_waiting)
    await asyncio.wait(tasks)
    await worker("latecomer", barrier)
    await barrier.reset()
    print("broken", barrier.broken)
    await asyncio.gather(*(worker(name, barrier) for name in "cde"))


asyncio.run(main())
