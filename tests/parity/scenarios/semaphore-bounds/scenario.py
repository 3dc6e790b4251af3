# rules: SEM-4: a plain semaphore may grow, a bounded one refuses a release too many; a negative start is refused.
import asyncio


async def main():
    plain = asyncio.Semaphore(1)
    plain.release()
    await plain.acquire()
    await plain.acquire()
    print("plain: two acquired, locked", plain.locked())
    bounded = asyncio.BoundedSemaphore(1)
    await bounded.acquire()
    bounded.release()
    try:
        bounded.release()
    except ValueError as e:
        print("bounded:", type(e).__name__)
    try:
        asyncio.Semaphore(-1)
    except ValueError as e:
        print("negative:", type(e).__name__)


asyncio.run(main())
