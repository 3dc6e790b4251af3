# rules: TG-9, CAN-11, TG-12: a group without errors does no harm in a task whose count is stale.
import asyncio


async def child():
    await asyncio.sleep(0)
    return "value"


async def task_body():
    me = asyncio.current_task()
    try:
        await asyncio.get_running_loop().create_future()
    except asyncio.CancelledError:
        print("swallowed, requests", me.cancelling())
    async with asyncio.TaskGroup() as group:
        task = group.create_task(child())
    print("group ends", task.result(), "requests", me.cancelling())
    await asyncio.sleep(0)
    print("task goes on")


async def main():
    task = asyncio.create_task(task_body())
    await asyncio.sleep(0)
    task.cancel()
    await task


asyncio.run(main())
