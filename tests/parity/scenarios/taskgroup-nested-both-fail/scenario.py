# rules: TG-2, TG-5, TG-7: an inner group that fails while the outer one aborts becomes one of the outer errors.
import asyncio


class Boom(Exception):
    pass


async def fail():
    await asyncio.sleep(0)
    raise Boom("outer child")


async def child():
    try:
        await asyncio.get_running_loop().create_future()
    except asyncio.CancelledError:
        raise Boom("inner child")


def show(error, depth=0):
    if isinstance(error, ExceptionGroup):
        print("  " * depth + "group")
        for part in error.exceptions:
            show(part, depth + 1)
    else:
        print("  " * depth + type(error).__name__, error)


async def main():
    me = asyncio.current_task()
    try:
        async with asyncio.TaskGroup() as outer:
            outer.create_task(fail())
            async with asyncio.TaskGroup() as inner:
                inner.create_task(child())
    except ExceptionGroup as e:
        show(e)
    print("requests", me.cancelling())
    await asyncio.sleep(0)
    print("main goes on")


asyncio.run(main())
