# rules: CAN-2, CAN-14, TASK-10: a task that awaits a cancelled task sees CancelledError, yet nobody cancelled it.
import asyncio


async def inner():
    await asyncio.get_running_loop().create_future()


async def outer(task, handles):
    try:
        await task
    except asyncio.CancelledError as e:
        print("outer", *e.args, "requests", asyncio.current_task().cancelling())
        if not handles:
            raise
    return "handled"


async def main():
    for handles in (True, False):
        inner_task = asyncio.create_task(inner())
        outer_task = asyncio.create_task(outer(inner_task, handles))
        await asyncio.sleep(0)
        inner_task.cancel("inner only")
        await asyncio.wait([outer_task])
        print("outer cancelled", outer_task.cancelled(), "requests", outer_task.cancelling())


asyncio.run(main())
