# rules: Q-2: a put wakes a getter but reserves nothing; when the item is stolen the getter queues again at the end.
import asyncio


async def getter(name, queue):
    print(name, "got", await queue.get())


async def main():
    queue = asyncio.Queue()
    tasks = [asyncio.create_task(getter(name, queue)) for name in ("first", "second")]
    await asyncio.sleep(0)
    queue.put_nowait("one")
    print("stolen", queue.get_nowait())
    await asyncio.sleep(0)
    print("done", *(task.done() for task in tasks))
    queue.put_nowait("two")
    queue.put_nowait("three")
    await asyncio.wait(tasks)


asyncio.run(main())
