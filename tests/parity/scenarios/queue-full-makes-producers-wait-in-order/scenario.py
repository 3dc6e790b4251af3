# rules: producers wait at a full queue and are let in one by one as items are taken.
import asyncio


async def producer(name, queue):
    await queue.put(name)
    print(name, "put")


async def main():
    queue = asyncio.Queue(1)
    tasks = [asyncio.create_task(producer(name, queue)) for name in "abc"]
    await asyncio.sleep(0)
    print("full", queue.full())
    for _ in tasks:
        print("got", await queue.get())
        await asyncio.sleep(0)
    await asyncio.wait(tasks)
    print("empty", queue.empty())


asyncio.run(main())
