# rules: TG-4, TG-12, TG-13: a group ends when its last child has ended, and hands its results out through the tasks.
import asyncio


async def child(name, turns):
    for _ in range(turns):
        await asyncio.sleep(0)
    print(name, "ends")
    return name


async def main():
    async with asyncio.TaskGroup() as group:
        slow = group.create_task(child("slow", 3), name="named")
        fast = group.create_task(child("fast", 1))
        print("block ends, done", slow.done(), fast.done())
    print("group ends", slow.result(), fast.result(), slow.get_name())


asyncio.run(main())
