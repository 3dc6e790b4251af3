# rules: TG-2, TG-5, TG-6: the failure of a child cancels its siblings and the block; one error comes as a group too.
import asyncio


class Boom(Exception):
    pass


async def fail():
    await asyncio.sleep(0)
    raise Boom("child")


async def sibling():
    try:
        await asyncio.get_running_loop().create_future()
    except asyncio.CancelledError:
        print("sibling cancelled")
        raise


async def main():
    me = asyncio.current_task()
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(fail())
            group.create_task(sibling())
            try:
                await asyncio.get_running_loop().create_future()
            except asyncio.CancelledError:
                print("block cancelled, requests", me.cancelling())
                raise
    except ExceptionGroup as e:
        print("group", *(str(error) for error in e.exceptions), "| requests", me.cancelling())
    await asyncio.sleep(0)
    print("main goes on")


asyncio.run(main())
