# rules: TG-7, TG-5, CAN-10: errors and a cancel from outside together give the group, and the next await is cancelled.
import asyncio


class Boom(Exception):
    pass


async def child():
    try:
        await asyncio.get_running_loop().create_future()
    except asyncio.CancelledError:
        raise Boom("cleanup failed")


async def parent():
    me = asyncio.current_task()
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(child())
            await asyncio.get_running_loop().create_future()
    except ExceptionGroup as e:
        print("group", *(str(error) for error in e.exceptions), "| requests", me.cancelling())
    print("parent goes on to its next await")
    try:
        await asyncio.sleep(0)
    except asyncio.CancelledError:
        print("next await cancelled, requests", me.cancelling())
        raise


async def main():
    task = asyncio.create_task(parent())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    task.cancel("outside")
    await asyncio.wait([task])
    print("cancelled", task.cancelled())


asyncio.run(main())
