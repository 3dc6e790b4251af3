# rules: TG-2, TG-5: errors of siblings that fail while they are cancelled are added, in the order they came.
import asyncio


class Boom(Exception):
    pass


async def fail(name, turns):
    for _ in range(turns):
        await asyncio.sleep(0)
    raise Boom(name)


async def sibling(name, turns):
    try:
        await asyncio.get_running_loop().create_future()
    except asyncio.CancelledError:
        await fail(name, turns)


async def main():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(sibling("slow cleanup", 3))
            group.create_task(sibling("quick cleanup", 1))
            group.create_task(fail("first", 1))
            group.create_task(fail("same iteration", 1))
    except ExceptionGroup as e:
        for error in e.exceptions:
            print(type(error).__name__, error)


asyncio.run(main())
