# rules: BAR-1, BAR-5: who arrives while the barrier lets others go waits for the next round.
import asyncio


async def worker(name, barrier):
    await barrier.wait()
    print(name, "leaves, waiting", barrier.n_waiting)


async def main():
    barrier = asyncio.Barrier(2)
    tasks = [asyncio.create_task(worker(name, barrier)) for name in "abc"]
    for _ in range(6):
        await asyncio.sleep(0)
    print("done", *(task.done() for task in tasks), "| waiting", barrier.n_waiting)
    tasks.append(asyncio.create_task(worker("d", barrier)))
    await asyncio.wait(tasks)


asyncio.run(main())
