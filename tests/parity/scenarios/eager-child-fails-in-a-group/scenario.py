# rules: EAG-7, TG-2: a child that fails in its eager step aborts the group later, so createTask returns normally.
# differs: 3.13 (its first releases) aborts the group at once, so the second createTask is refused; later versions defer it one iteration.
import asyncio


class Boom(Exception):
    pass


async def fail():
    raise Boom("eager")


async def other():
    print("other begins")
    await asyncio.get_running_loop().create_future()


async def main():
    asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)
    try:
        async with asyncio.TaskGroup() as group:
            failed = group.create_task(fail())
            print("created, done", failed.done())
            group.create_task(other())
            print("created another")
            await asyncio.sleep(0)
            print("not reached")
    except ExceptionGroup as e:
        print("group", *(type(error).__name__ for error in e.exceptions))


asyncio.run(main())
