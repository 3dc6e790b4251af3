# rules: TG-1, TG-4: while one child is alive it may add others, and the group waits for them too.
import asyncio


async def child(group, depth):
    print("child", depth)
    await asyncio.sleep(0)
    if depth > 0:
        group.create_task(child(group, depth - 1))
    print("child", depth, "ends")


async def main():
    async with asyncio.TaskGroup() as group:
        group.create_task(child(group, 2))
    print("group ends")


asyncio.run(main())
