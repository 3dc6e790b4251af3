# rules: Q-4, CAN-12, CAN-4: a getter cancelled after it was woken leaves the item in the queue and wakes the next.
import asyncio


async def getter(name, queue):
    try:
        print(name, "got", await queue.get())
    except asyncio.CancelledError:
        print(name, "cancelled, size", queue.qsize())
        raise


async def main():
    queue = asyncio.Queue()
    tasks = [asyncio.create_task(getter(name, queue)) for name in ("first", "second", "third")]
    await asyncio.sleep(0)
    queue.put_nowait("item")
    tasks[0].cancel()
    for _ in range(3):
        await asyncio.sleep(0)
    print("done", *(task.done() for task in tasks), "| size", queue.qsize())
    tasks[2].cancel()
    await asyncio.wait(tasks)


asyncio.run(main())
