# rules: TG-2, TG-4: a failure after the end of the block aborts the group in the same way.
import asyncio


class Boom(Exception):
    pass


async def fail():
    await asyncio.sleep(0)
    raise Boom("child")


async def sibling():
    try:
        await asyncio.get_running_loop().create_future()
    finally:
        await asyncio.sleep(0)
        print("sibling cleaned up")


async def main():
    me = asyncio.current_task()
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(sibling())
            group.create_task(fail())
            print("block ends")
    except ExceptionGroup as e:
        print("group", *(str(error) for error in e.exceptions), "| requests", me.cancelling())
    await asyncio.sleep(0)
    print("main goes on")


asyncio.run(main())
