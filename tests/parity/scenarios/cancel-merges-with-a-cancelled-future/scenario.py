# rules: CAN-3: a cancel request and a cancelled awaited future in one iteration give one CancelledError.
import asyncio


async def waiter(future):
    seen = 0
    for wait in (lambda: future, lambda: asyncio.sleep(0), lambda: asyncio.sleep(0)):
        try:
            await wait()
        except asyncio.CancelledError as e:
            seen += 1
            print("waiter", type(e).__name__)
    return seen


async def main():
    future = asyncio.get_running_loop().create_future()
    task = asyncio.create_task(waiter(future))
    await asyncio.sleep(0)
    future.cancel("future")
    print("cancel", task.cancel("task"))
    print("seen", await task, "requests", task.cancelling())


asyncio.run(main())
