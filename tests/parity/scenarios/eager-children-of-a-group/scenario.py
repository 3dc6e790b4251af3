# rules: EAG-1, TG-4, TG-12: with eager children that never wait a group ends without an iteration.
# differs: 3.13 (its first releases) lets a group forget a child that is done at once; later versions do so one iteration later, which the end of the group waits for.
import asyncio


async def child(name, waits):
    print(name, "begins")
    if waits:
        await asyncio.sleep(0)
    print(name, "ends")


async def main():
    loop = asyncio.get_running_loop()
    loop.set_task_factory(asyncio.eager_task_factory)
    loop.call_soon(print, "next iteration")
    async with asyncio.TaskGroup() as group:
        group.create_task(child("a", False))
        group.create_task(child("b", False))
    print("first group ends")
    async with asyncio.TaskGroup() as group:
        group.create_task(child("c", True))
        group.create_task(child("d", False))
        print("block ends")
    print("second group ends")


asyncio.run(main())
