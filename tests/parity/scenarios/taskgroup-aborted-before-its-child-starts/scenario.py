# rules: TG-4, CAN-5, CAN-3: a block that fails at once keeps its child from starting; one that cancels itself does not.
import asyncio


class Boom(Exception):
    pass


async def child(name):
    print(name, "child starts")
    await asyncio.get_running_loop().create_future()


async def failing():
    async with asyncio.TaskGroup() as group:
        group.create_task(child("failing block:"))
        raise Boom("block")


async def cancelling():
    async with asyncio.TaskGroup() as group:
        group.create_task(child("cancelling block:"))
        asyncio.current_task().cancel("self")


async def main():
    try:
        await asyncio.create_task(failing())
    except ExceptionGroup as e:
        print("group", *(str(error) for error in e.exceptions))
    task = asyncio.create_task(cancelling())
    try:
        await task
    except asyncio.CancelledError as e:
        print(type(e).__name__, *e.args, "cancelled", task.cancelled())


asyncio.run(main())
