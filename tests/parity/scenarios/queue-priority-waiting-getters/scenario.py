# rules: with getters waiting, the order of the items at the time they run decides.
import asyncio


async def getter(name, queue):
    print(name, "got", await queue.get())


async def main():
    queue = asyncio.PriorityQueue()
    tasks = [asyncio.create_task(getter(name, queue)) for name in "ab"]
    await asyncio.sleep(0)
    for item in (3, 1, 2):
        queue.put_nowait(item)
    await asyncio.wait(tasks)
    print("left", queue.get_nowait())


asyncio.run(main())
