# rules: SEM-3: with nobody else waiting the permit of a cancelled waiter is free again.
import asyncio


async def worker(semaphore):
    await semaphore.acquire()


async def main():
    semaphore = asyncio.Semaphore(1)
    await semaphore.acquire()
    task = asyncio.create_task(worker(semaphore))
    await asyncio.sleep(0)
    semaphore.release()
    task.cancel()
    print("locked", semaphore.locked())
    await asyncio.wait([task])
    print("cancelled", task.cancelled(), "locked", semaphore.locked())
    print("acquired", await semaphore.acquire())


asyncio.run(main())
