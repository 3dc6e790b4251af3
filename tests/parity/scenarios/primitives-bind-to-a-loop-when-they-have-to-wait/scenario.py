# rules: LOCK-1, EVENT, SEM-1, Q-2: events, semaphores and queues too belong to the loop of their first real wait.
import asyncio


async def bind(wait):
    task = asyncio.create_task(wait())
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.wait([task])
    return "waited" if task.cancelled() else type(task.exception()).__name__


event, semaphore, queue = asyncio.Event(), asyncio.Semaphore(0), asyncio.Queue()
for name, wait in (("event", event.wait), ("semaphore", semaphore.acquire), ("queue", queue.get)):
    print(name, "first loop:", asyncio.run(bind(wait)))
    print(name, "second loop:", asyncio.run(bind(wait)))
