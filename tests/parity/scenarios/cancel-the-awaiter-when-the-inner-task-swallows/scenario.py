# rules: CAN-1, CAN-2, CAN-7: a cancel forwarded to an awaited task that swallows it is used up there; the awaiter gets the value.
import asyncio


async def inner():
    try:
        await asyncio.get_running_loop().create_future()
    except asyncio.CancelledError:
        print("inner swallows")
    return "inner value"


async def outer(task):
    value = await task
    await asyncio.sleep(0)
    return "outer got " + value


async def main():
    inner_task = asyncio.create_task(inner())
    outer_task = asyncio.create_task(outer(inner_task))
    await asyncio.sleep(0)
    outer_task.cancel()
    print(await outer_task)
    print("requests", inner_task.cancelling(), outer_task.cancelling(), "cancelled", outer_task.cancelled())


asyncio.run(main())
