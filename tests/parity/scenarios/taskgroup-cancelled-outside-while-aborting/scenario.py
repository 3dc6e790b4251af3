# rules: TG-7, TG-2, TG-4: a cancel from outside that finds the group aborting already is not lost.
import asyncio


class Boom(Exception):
    pass


async def fail():
    raise Boom("child")


async def slow(gate):
    try:
        await asyncio.get_running_loop().create_future()
    finally:
        await gate.wait()
        print("slow child cleaned up")


async def parent(gate):
    me = asyncio.current_task()
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(slow(gate))
            group.create_task(fail())
    except ExceptionGroup as e:
        print("group", *(str(error) for error in e.exceptions), "| requests", me.cancelling())
    await asyncio.sleep(0)
    print("not reached")


async def main():
    gate = asyncio.Event()
    task = asyncio.create_task(parent(gate))
    for _ in range(4):
        await asyncio.sleep(0)
    print("aborting, requests", task.cancelling())
    task.cancel("outside")
    for _ in range(3):
        await asyncio.sleep(0)
    print("still waiting:", not task.done())
    gate.set()
    await asyncio.wait([task])
    print("cancelled", task.cancelled(), "requests", task.cancelling())


asyncio.run(main())
