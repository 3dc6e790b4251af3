# rules: Q-4: a getter cancelled while it waits leaves, and the next put goes to the one behind it.
import asyncio


async def getter(name, queue):
    print(name, "got", await queue.get())


async def main():
    queue = asyncio.Queue()
    tasks = [asyncio.create_task(getter(name, queue)) for name in ("first", "second")]
    await asyncio.sleep(0)
    tasks[0].cancel()
    queue.put_nowait("item")
    await asyncio.wait(tasks)
    print("cancelled", *(task.cancelled() for task in tasks))
    try:
        async with asyncio.timeout(0.003):
            await queue.get()
    except TimeoutError as e:
        print("main", type(e).__name__)
    queue.put_nowait("later")
    print("main got", await queue.get())


asyncio.run(main())
