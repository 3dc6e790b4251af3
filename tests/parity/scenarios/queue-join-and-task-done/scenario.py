# rules: Q-5: join waits until every item that was put has been reported done; one report too many is an error.
import asyncio


async def worker(queue):
    for _ in range(2):
        item = await queue.get()
        await asyncio.sleep(0)
        print("done with", item)
        queue.task_done()


async def main():
    queue = asyncio.Queue()
    await queue.join()
    print("nothing to wait for")
    queue.put_nowait("one")
    queue.put_nowait("two")
    task = asyncio.create_task(worker(queue))
    await queue.join()
    print("joined, size", queue.qsize())
    await task
    try:
        queue.task_done()
    except ValueError as e:
        print("one too many:", type(e).__name__)


asyncio.run(main())
