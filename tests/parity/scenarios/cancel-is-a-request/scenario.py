# rules: CAN-1, CAN-16, CAN-13: cancel of a task counts a request and returns; the state changes only when the task has run.
import asyncio


async def child():
    try:
        await asyncio.get_running_loop().create_future()
    except asyncio.CancelledError as e:
        print("child", type(e).__name__, *e.args)
        raise


async def main():
    task = asyncio.create_task(child())
    await asyncio.sleep(0)
    print("requests", task.cancelling())
    print("cancel", task.cancel("please"))
    print("cancelled", task.cancelled(), "done", task.done(), "requests", task.cancelling())
    try:
        await task
    except asyncio.CancelledError as e:
        print("main", type(e).__name__, *e.args)
    print("cancelled", task.cancelled(), "done", task.done(), "requests", task.cancelling())


asyncio.run(main())
