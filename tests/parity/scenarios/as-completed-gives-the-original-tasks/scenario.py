# rules: AC-1: iterated asynchronously, asCompleted gives the very tasks it was given, already done.
import asyncio


async def child(turns):
    for _ in range(turns):
        await asyncio.sleep(0)
    return turns


async def main():
    tasks = [asyncio.create_task(child(turns), name=name) for name, turns in (("c", 8), ("a", 1), ("b", 4))]
    async for task in asyncio.as_completed(tasks):
        print(task.get_name(), "done", task.done(), "one of mine:", task in tasks, task.result())


asyncio.run(main())
