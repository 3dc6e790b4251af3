# rules: CAN-8: two cancels before the task runs give one error with the first message, and a count of two.
import asyncio


async def child():
    try:
        await asyncio.get_running_loop().create_future()
    except asyncio.CancelledError as e:
        print("child", *e.args, "requests", asyncio.current_task().cancelling())
    await asyncio.sleep(0)
    print("no second error")


async def main():
    task = asyncio.create_task(child())
    await asyncio.sleep(0)
    print(task.cancel("first"), task.cancel("second"))
    await task


asyncio.run(main())
