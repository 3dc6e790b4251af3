# rules: CAN-1, CAN-2: cancelling a task cancels the future it awaits, and so every other task that awaits it.
import asyncio


async def waiter(name, future):
    try:
        await future
    except asyncio.CancelledError:
        print(name, "cancelled, requests", asyncio.current_task().cancelling())
        raise


async def main():
    future = asyncio.get_running_loop().create_future()
    tasks = [asyncio.create_task(waiter(name, future)) for name in ("bystander", "target")]
    await asyncio.sleep(0)
    tasks[1].cancel()
    await asyncio.wait(tasks)
    print("cancelled", future.cancelled(), tasks[0].cancelled(), tasks[1].cancelled())


asyncio.run(main())
