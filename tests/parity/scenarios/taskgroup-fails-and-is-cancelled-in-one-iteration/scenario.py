# rules: TG-7, TG-2, CAN-8: a child's failure and a cancel from outside in the same iteration are both honoured.
import asyncio


class Boom(Exception):
    pass


async def fail(future):
    await future
    raise Boom("child")


async def parent(future):
    me = asyncio.current_task()
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(fail(future))
            await asyncio.get_running_loop().create_future()
    except ExceptionGroup as e:
        print("group", *(str(error) for error in e.exceptions), "| requests", me.cancelling())
    await asyncio.sleep(0)
    print("not reached")


async def main():
    future = asyncio.get_running_loop().create_future()
    task = asyncio.create_task(parent(future))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    future.set_result(None)
    await asyncio.sleep(0)
    task.cancel("outside")
    await asyncio.wait([task])
    print("cancelled", task.cancelled(), "requests", task.cancelling())


asyncio.run(main())
