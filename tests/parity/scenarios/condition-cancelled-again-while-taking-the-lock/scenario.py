# rules: COND-2, CAN-8: cancels that arrive while wait takes the lock again are remembered, and the latest comes out.
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
    for message in ("first", "second", "third"):
        task.cancel(message)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        print(message, "done", task.done())
    condition.release()
    await asyncio.wait([task])
    print("cancelled", task.cancelled(), "requests", task.cancelling(), "locked", condition.locked())


asyncio.run(main())
