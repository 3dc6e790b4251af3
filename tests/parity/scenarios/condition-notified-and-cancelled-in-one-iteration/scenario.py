# rules: COND-4, CAN-4, CAN-12: when notify and cancel meet, another waiter gets the notification.
import asyncio


async def waiter(name, condition):
    async with condition:
        try:
            await condition.wait()
            print(name, "woken")
        except asyncio.CancelledError:
            print(name, "cancelled")
            raise


async def main():
    condition = asyncio.Condition()
    tasks = [asyncio.create_task(waiter(name, condition)) for name in ("first", "second", "third")]
    await asyncio.sleep(0)
    async with condition:
        condition.notify(1)
        tasks[0].cancel()
    for _ in range(6):
        await asyncio.sleep(0)
    print("done", *(task.done() for task in tasks))
    async with condition:
        condition.notify_all()
    await asyncio.wait(tasks)


asyncio.run(main())
