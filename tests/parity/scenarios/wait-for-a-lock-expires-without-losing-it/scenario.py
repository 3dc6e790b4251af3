# rules: WF-3, LOCK-3, CAN-12: a waiter whose limit expires leaves the lock to the others.
import asyncio


async def impatient(lock):
    try:
        await asyncio.wait_for(lock.acquire(), 0.003)
    except TimeoutError as e:
        print("impatient", type(e).__name__)


async def patient(lock):
    async with lock:
        print("patient holds")


async def main():
    lock = asyncio.Lock()
    await lock.acquire()
    tasks = [asyncio.create_task(impatient(lock)), asyncio.create_task(patient(lock))]
    await asyncio.wait([tasks[0]])
    lock.release()
    await asyncio.wait(tasks)
    print("locked", lock.locked())


asyncio.run(main())
