# rules: LOCK-4: acquiring a lock again in the task that holds it waits for ever.
import asyncio


async def main():
    lock = asyncio.Lock()
    async with lock:
        try:
            async with asyncio.timeout(0.005):
                async with lock:
                    print("not reached")
        except TimeoutError as e:
            print(type(e).__name__, "locked", lock.locked())
    print("locked", lock.locked())


asyncio.run(main())
