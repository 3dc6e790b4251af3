# rules: TG-12, TASK-3: leaving a group without children uses no iteration, also when all have ended before.
import asyncio


async def child():
    print("child")


async def main():
    loop = asyncio.get_running_loop()
    loop.call_soon(print, "next iteration")
    async with asyncio.TaskGroup():
        print("empty block")
    print("left")
    async with asyncio.TaskGroup() as group:
        group.create_task(child())
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        loop.call_soon(print, "another iteration")
    print("left again")
    await asyncio.sleep(0)


asyncio.run(main())
