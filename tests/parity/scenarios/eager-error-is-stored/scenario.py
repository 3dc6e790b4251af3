# rules: EAG-4: an error of the eager step is stored in the task and not raised by createTask.
import asyncio


class Boom(Exception):
    pass


async def child(error):
    raise error


async def main():
    asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)
    failed = asyncio.create_task(child(Boom("error")))
    print("created, done", failed.done())
    try:
        await failed
    except Boom as e:
        print(type(e).__name__, e)
    cancelled = asyncio.create_task(child(asyncio.CancelledError("own")))
    print("created, cancelled", cancelled.cancelled(), "done", cancelled.done())


asyncio.run(main())
