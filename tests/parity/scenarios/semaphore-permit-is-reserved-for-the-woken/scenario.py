# rules: SEM-2, SEM-1: a release reserves the permit for the first waiter before it runs, so a newcomer has to wait.
import asyncio


async def worker(name, semaphore):
    await semaphore.acquire()
    print(name, "acquired")


async def main():
    semaphore = asyncio.Semaphore(1)
    await semaphore.acquire()
    waiting = asyncio.create_task(worker("waiter", semaphore))
    await asyncio.sleep(0)
    semaphore.release()
    print("released, locked", semaphore.locked())
    newcomer = asyncio.create_task(worker("newcomer", semaphore))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    print("done", waiting.done(), newcomer.done())
    semaphore.release()
    await newcomer


asyncio.run(main())
