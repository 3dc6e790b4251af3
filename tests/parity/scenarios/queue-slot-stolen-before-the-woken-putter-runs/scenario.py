# rules: Q-2: a get wakes a putter but reserves nothing; when the slot is stolen the putter queues again at the end.
import asyncio


async def putter(name, queue):
    await queue.put(name)
    print(name, "put")


async def main():
    queue = asyncio.Queue(1)
    queue.put_nowait("start")
    tasks = [asyncio.create_task(putter(name, queue)) for name in ("first", "second")]
    await asyncio.sleep(0)
    print("got", queue.get_nowait())
    queue.put_nowait("thief")
    await asyncio.sleep(0)
    print("done", *(task.done() for task in tasks))
    for _ in range(3):
        print("got", queue.get_nowait())
        await asyncio.sleep(0)


asyncio.run(main())
