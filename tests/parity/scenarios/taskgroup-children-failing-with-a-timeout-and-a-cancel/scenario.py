# rules: TG-2, TG-3, TG-7, TO-5: a failing child, an expired limit around the group and an outside cancel: the group comes out.
import asyncio


class Boom(Exception):
    pass


async def child():
    try:
        await asyncio.get_running_loop().create_future()
    except asyncio.CancelledError:
        raise Boom("child")


async def parent():
    me = asyncio.current_task()
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(3600) as limit:
            async with asyncio.TaskGroup() as group:
                group.create_task(child())
                await asyncio.sleep(0)
                limit.reschedule(loop.time() - 1)
                loop.call_soon(me.cancel, "outside")
                await loop.create_future()
    except ExceptionGroup as e:
        print("group", *(str(error) for error in e.exceptions), "| expired", limit.expired(), "requests", me.cancelling())
    try:
        await asyncio.sleep(0)
        print("not reached")
    except asyncio.CancelledError:
        print("cancelled at the next await")
        raise


async def main():
    task = asyncio.create_task(parent())
    await asyncio.wait([task])
    print("cancelled", task.cancelled(), "requests", task.cancelling())


asyncio.run(main())
