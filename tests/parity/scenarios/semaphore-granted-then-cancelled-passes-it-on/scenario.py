# rules: SEM-3, CAN-12, CAN-4: a waiter cancelled after its grant gives the permit to the next.
import asyncio


async def worker(name, semaphore):
    try:
        await semaphore.acquire()
    except asyncio.CancelledError:
        print(name, "cancelled")
        raise
    print(name, "acquired")


async def main():
    semaphore = asyncio.Semaphore(0)
    tasks = [asyncio.create_task(worker(name, semaphore)) for name in ("first", "second", "third")]
    await asyncio.sleep(0)
    semaphore.release()
    tasks[0].cancel()
    for _ in range(4):
        await asyncio.sleep(0)
    print("done", *(task.done() for task in tasks))
    semaphore.release()
    await asyncio.wait(tasks)
    print("locked", semaphore.locked())


asyncio.run(main())
