# rules: SEM-2, SEM-3: each release serves one waiter, and what is left over is free.
import asyncio


async def worker(name, semaphore):
    await semaphore.acquire()
    print(name, "acquired")


async def main():
    semaphore = asyncio.Semaphore(0)
    tasks = [asyncio.create_task(worker(name, semaphore)) for name in "abc"]
    await asyncio.sleep(0)
    for _ in range(4):
        semaphore.release()
    print("released four, locked", semaphore.locked())
    await asyncio.wait(tasks)
    print("locked", semaphore.locked())


asyncio.run(main())
