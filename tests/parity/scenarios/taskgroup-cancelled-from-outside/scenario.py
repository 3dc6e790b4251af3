# rules: TG-4, TG-5, CAN-13: a cancel from outside, in the block or while waiting, cancels the children and comes out bare.
import asyncio


async def child():
    try:
        await asyncio.get_running_loop().create_future()
    finally:
        await asyncio.sleep(0)
        print("child cleaned up")


async def parent(in_block):
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(child())
            if in_block:
                await asyncio.get_running_loop().create_future()
    except asyncio.CancelledError as e:
        print("parent", type(e).__name__, *e.args, "requests", asyncio.current_task().cancelling())
        raise


async def main():
    for in_block in (True, False):
        task = asyncio.create_task(parent(in_block))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        task.cancel("outside")
        await asyncio.wait([task])
        print("cancelled", task.cancelled())


asyncio.run(main())
