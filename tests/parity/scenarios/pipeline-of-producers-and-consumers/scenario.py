# rules, TG-4: producers, a bounded queue and consumers in one group end by a soft shutdown.
import asyncio


async def producer(queue, items):
    for item in items:
        await queue.put(item)
        print("put", item)
    queue.shutdown()


async def consumer(queue):
    try:
        while True:
            item = await queue.get()
            print("got", item)
            queue.task_done()
    except asyncio.QueueShutDown:
        print("consumer ends")


async def main():
    queue = asyncio.Queue(2)
    async with asyncio.TaskGroup() as group:
        group.create_task(producer(queue, [1, 2, 3, 4, 5]))
        group.create_task(consumer(queue))
    await queue.join()
    print("main ends, size", queue.qsize())


asyncio.run(main())
