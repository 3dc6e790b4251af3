# rules: TG-1: a finished group takes no more children.
import asyncio


async def child():
    print("never starts")


async def main():
    async with asyncio.TaskGroup() as group:
        pass
    try:
        group.create_task(child())
    except RuntimeError as e:
        print("finished:", type(e).__name__)
    await asyncio.sleep(0)
    print("tasks", len(asyncio.all_tasks()))


asyncio.run(main())
