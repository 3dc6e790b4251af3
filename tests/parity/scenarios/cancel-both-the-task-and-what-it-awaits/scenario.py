# rules: CAN-1, CAN-2, CAN-3: cancelling a task and the task it awaits in one iteration cancels each once.
import asyncio


async def inner():
    try:
        await asyncio.get_running_loop().create_future()
    except asyncio.CancelledError as e:
        print("inner", *e.args, "requests", asyncio.current_task().cancelling())
        raise


async def outer(task):
    try:
        await task
    except asyncio.CancelledError as e:
        print("outer", *e.args, "requests", asyncio.current_task().cancelling())
    await asyncio.sleep(0)
    return "outer goes on"


async def main():
    for order in ("outer first", "inner first"):
        inner_task = asyncio.create_task(inner())
        outer_task = asyncio.create_task(outer(inner_task))
        await asyncio.sleep(0)
        pair = [outer_task, inner_task] if order == "outer first" else [inner_task, outer_task]
        for task in pair:
            task.cancel(order)
        print(await outer_task, "| requests", inner_task.cancelling(), outer_task.cancelling())


asyncio.run(main())
