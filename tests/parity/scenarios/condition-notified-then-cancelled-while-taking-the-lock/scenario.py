# rules: COND-2, COND-4, CAN-12: a notified waiter that is cancelled while it takes the lock passes the notification on.
import asyncio


async def waiter(name, condition):
    async with condition:
        try:
            await condition.wait()
            print(name, "woken")
        except asyncio.CancelledError:
            print(name, "cancelled, locked", condition.locked())
            raise


async def main():
    condition = asyncio.Condition()
    tasks = [asyncio.create_task(waiter(name, condition)) for name in ("first", "second")]
    await asyncio.sleep(0)
    async with condition:
        condition.notify(1)
        await asyncio.sleep(0)
        tasks[0].cancel()
        await asyncio.sleep(0)
    await asyncio.wait(tasks)
    print("locked", condition.locked())


asyncio.run(main())
