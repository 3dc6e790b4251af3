# rules: TO-7, TG-5, TG-7: a group with errors passes through an expired limit as the group it is.
import asyncio


class Boom(Exception):
    pass


async def child():
    try:
        await asyncio.get_running_loop().create_future()
    except asyncio.CancelledError:
        raise Boom("cleanup failed")


async def main():
    me = asyncio.current_task()
    try:
        async with asyncio.timeout(0.003) as limit:
            async with asyncio.TaskGroup() as group:
                group.create_task(child())
    except ExceptionGroup as e:
        print("group", *(str(error) for error in e.exceptions), "| expired", limit.expired(), "requests", me.cancelling())
    await asyncio.sleep(0)
    print("main goes on")


asyncio.run(main())
