# rules: Q-3: a put or get that is ready uses no iteration, so a producer alone never gives its turn away.
import asyncio


async def consumer(queue):
    while True:
        print("got", await queue.get())


async def main():
    queue = asyncio.Queue()
    task = asyncio.create_task(consumer(queue))
    await asyncio.sleep(0)
    for item in range(3):
        await queue.put(item)
        print("put", item)
    await asyncio.sleep(0)
    print("main again, size", queue.qsize())
    task.cancel()
    await asyncio.wait([task])


asyncio.run(main())
