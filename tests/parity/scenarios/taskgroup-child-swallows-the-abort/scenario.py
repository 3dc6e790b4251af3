# rules: TG-2, TG-4, CAN-7: a child that swallows the abort is waited for and keeps its value.
import asyncio


class Boom(Exception):
    pass


async def fail():
    raise Boom("first")


async def stubborn():
    try:
        await asyncio.get_running_loop().create_future()
    except asyncio.CancelledError:
        print("swallowed")
    for n in range(3):
        await asyncio.sleep(0)
    print("stubborn ends")
    return "value"


async def main():
    try:
        async with asyncio.TaskGroup() as group:
            task = group.create_task(stubborn())
            group.create_task(fail())
    except ExceptionGroup as e:
        print("group", *(str(error) for error in e.exceptions), "| stubborn", task.result())


asyncio.run(main())
