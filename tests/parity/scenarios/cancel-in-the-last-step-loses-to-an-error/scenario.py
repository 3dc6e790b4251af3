# rules: CAN-6: a cancel that arrives during the step in which the body fails is forgotten, the error wins.
import asyncio


class Boom(Exception):
    pass


async def child():
    await asyncio.sleep(0)
    asyncio.current_task().cancel("self")
    raise Boom("error")


async def main():
    task = asyncio.create_task(child())
    try:
        await task
    except Boom as e:
        print("main", type(e).__name__, e)
    print("task cancelled", task.cancelled(), "requests", task.cancelling())


asyncio.run(main())
