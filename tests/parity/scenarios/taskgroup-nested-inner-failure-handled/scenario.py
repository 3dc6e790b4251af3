# rules: TG-2, TG-6: the failure of an inner group that is handled in the outer block leaves the outer group alone.
import asyncio


class Boom(Exception):
    pass


async def fail():
    raise Boom("inner")


async def child(gate):
    await gate.wait()
    return "outer child unharmed"


async def main():
    gate = asyncio.Event()
    async with asyncio.TaskGroup() as outer:
        task = outer.create_task(child(gate))
        try:
            async with asyncio.TaskGroup() as inner:
                inner.create_task(fail())
        except ExceptionGroup as e:
            print("inner group", *(str(error) for error in e.exceptions))
        gate.set()
    print(task.result(), "requests", asyncio.current_task().cancelling())


asyncio.run(main())
