# rules: a soft shutdown may be followed by an immediate one, which releases join when nothing is in progress.
import asyncio


async def joiner(queue):
    await queue.join()
    print("joined")


async def main():
    queue = asyncio.Queue()
    queue.put_nowait("one")
    queue.put_nowait("two")
    task = asyncio.create_task(joiner(queue))
    await asyncio.sleep(0)
    queue.shutdown()
    await asyncio.sleep(0)
    print("soft: size", queue.qsize(), "joined", task.done())
    queue.shutdown(immediate=True)
    await task
    print("immediate: size", queue.qsize())
    queue.shutdown(immediate=True)
    print("again: accepted")


asyncio.run(main())
