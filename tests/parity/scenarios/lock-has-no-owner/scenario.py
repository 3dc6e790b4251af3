# rules: LOCK-4: any task may release a lock; releasing a free one is an error.
import asyncio


async def releaser(lock):
    lock.release()
    print("released by another task")


async def main():
    lock = asyncio.Lock()
    await lock.acquire()
    task = asyncio.create_task(releaser(lock))
    await lock.acquire()
    print("acquired again")
    lock.release()
    try:
        lock.release()
    except RuntimeError as e:
        print("free:", type(e).__name__)
    await task


asyncio.run(main())
