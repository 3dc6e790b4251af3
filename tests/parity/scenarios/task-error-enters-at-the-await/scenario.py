# rules: TASK-10, CAN-15: the error of the awaited future appears at the await, where it can be handled like any other.
import asyncio


class Boom(Exception):
    pass


async def inner(future):
    try:
        return await future
    finally:
        print("inner cleanup")
        await asyncio.sleep(0)
        print("inner cleanup after an await")


async def outer(future):
    try:
        await inner(future)
    except Boom as e:
        print("outer handles", type(e).__name__, e)
        return "recovered"


async def main():
    future = asyncio.get_running_loop().create_future()
    task = asyncio.create_task(outer(future))
    await asyncio.sleep(0)
    future.set_exception(Boom("error"))
    print(await task)


asyncio.run(main())
