# rules: Q-7: an immediate shutdown drops the items and their share of join; items in progress still have to be reported.
import asyncio


async def main():
    queue = asyncio.Queue()
    for item in range(3):
        queue.put_nowait(item)
    print("in progress", queue.get_nowait())
    joining = asyncio.create_task(queue.join())
    await asyncio.sleep(0)
    queue.shutdown(immediate=True)
    await asyncio.sleep(0)
    print("size", queue.qsize(), "join over", joining.done())
    queue.task_done()
    await joining
    print("joined")
    try:
        queue.task_done()
    except ValueError as e:
        print("one too many:", type(e).__name__)
    try:
        await queue.get()
    except asyncio.QueueShutDown as e:
        print("get:", type(e).__name__)


asyncio.run(main())
