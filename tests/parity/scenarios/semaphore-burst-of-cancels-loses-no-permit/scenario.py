# rules: SEM-3, CAN-12: when several granted waiters are cancelled together every permit reaches somebody.
import asyncio


async def worker(name, semaphore):
    await semaphore.acquire()
    print(name, "acquired")


async def main():
    semaphore = asyncio.Semaphore(0)
    tasks = [asyncio.create_task(worker(name, semaphore)) for name in "abcde"]
    await asyncio.sleep(0)
    semaphore.release()
    semaphore.release()
    tasks[0].cancel()
    tasks[1].cancel()
    tasks[3].cancel()
    await asyncio.wait(tasks)
    print("cancelled", *(task.cancelled() for task in tasks))
    print("locked", semaphore.locked())


asyncio.run(main())
