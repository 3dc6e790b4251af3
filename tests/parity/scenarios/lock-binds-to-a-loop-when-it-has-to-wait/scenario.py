# rules: LOCK-1: a primitive belongs to the loop of its first real wait; uncontended use never checks.
import asyncio


async def uncontended(lock):
    async with lock:
        return "used"


async def contended(lock):
    await lock.acquire()
    waiting = asyncio.create_task(lock.acquire())
    await asyncio.sleep(0)
    lock.release()
    try:
        return await waiting
    except RuntimeError as e:
        return type(e).__name__
    finally:
        if lock.locked():
            lock.release()


lock = asyncio.Lock()
print("first loop, uncontended:", asyncio.run(uncontended(lock)))
print("second loop, uncontended:", asyncio.run(uncontended(lock)))
print("third loop, contended:", asyncio.run(contended(lock)))
print("fourth loop, uncontended:", asyncio.run(uncontended(lock)))
print("fifth loop, contended:", asyncio.run(contended(lock)))
