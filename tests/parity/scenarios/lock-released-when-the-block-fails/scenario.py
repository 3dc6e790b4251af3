# rules: LOCK-4, EXIT: leaving the block releases the lock whatever the reason, and suppresses nothing.
import asyncio


class Boom(Exception):
    pass


async def worker(lock, held):
    async with lock:
        held.set()
        await asyncio.get_running_loop().create_future()


async def main():
    lock, held = asyncio.Lock(), asyncio.Event()
    try:
        async with lock:
            raise Boom("in the block")
    except Boom as e:
        print(type(e).__name__, e, "locked", lock.locked())
    task = asyncio.create_task(worker(lock, held))
    await held.wait()
    print("locked", lock.locked())
    task.cancel()
    await asyncio.wait([task])
    print("cancelled", task.cancelled(), "locked", lock.locked())


asyncio.run(main())
