# rules: TG-4, TG-5: a CancelledError that the block raises by itself aborts the children and comes out bare.
import asyncio


async def child():
    try:
        await asyncio.get_running_loop().create_future()
    finally:
        print("child ends")


async def main():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(child())
            await asyncio.sleep(0)
            raise asyncio.CancelledError("own")
    except asyncio.CancelledError as e:
        print(type(e).__name__, *e.args, "requests", asyncio.current_task().cancelling())


asyncio.run(main())
