# rules: CAN-11, TG-9: a failing group in a task with a stale count raises its error and then a cancel nobody asked for.
# differs: on purpose; asyncio4j compares with the count at entry of the group, so the last await is not cancelled.
import asyncio


class Boom(Exception):
    pass


async def fail():
    raise Boom("child")


async def child():
    try:
        await asyncio.get_running_loop().create_future()
    except asyncio.CancelledError:
        print("swallowed")
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(fail())
    except ExceptionGroup as e:
        print("group", *(str(error) for error in e.exceptions))
    try:
        await asyncio.sleep(0)
        print("not cancelled")
    except asyncio.CancelledError:
        print("spurious cancel")


async def main():
    task = asyncio.create_task(child())
    await asyncio.sleep(0)
    task.cancel()
    await task


asyncio.run(main())
