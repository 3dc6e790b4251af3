# rules: COND-2, CAN-15: a cancelled waiter takes the lock again before the CancelledError leaves wait.
import asyncio


async def waiter(condition):
    async with condition:
        try:
            await condition.wait()
        except asyncio.CancelledError as e:
            print("waiter", type(e).__name__, *e.args, "locked", condition.locked())
            raise


async def main():
    condition = asyncio.Condition()
    task = asyncio.create_task(waiter(condition))
    await asyncio.sleep(0)
    await condition.acquire()
    task.cancel("reason")
    for _ in range(3):
        await asyncio.sleep(0)
    print("main holds the lock, waiter done", task.done())
    condition.release()
    await asyncio.wait([task])
    print("cancelled", task.cancelled(), "locked", condition.locked())


asyncio.run(main())
