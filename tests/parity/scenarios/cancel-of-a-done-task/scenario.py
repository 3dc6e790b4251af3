# rules: CAN-1: cancelling a finished task returns false and changes nothing.
import asyncio


class Boom(Exception):
    pass


async def child(fail):
    if fail:
        raise Boom("error")
    return "value"


async def main():
    for fail in (False, True):
        task = asyncio.create_task(child(fail))
        await asyncio.wait([task])
        print("cancel", task.cancel("late"), "requests", task.cancelling(), "cancelled", task.cancelled())
        try:
            print(task.result())
        except Boom as e:
            print(type(e).__name__, e)
    gone = asyncio.create_task(child(False))
    print("cancel", gone.cancel())
    await asyncio.wait([gone])
    print("cancel again", gone.cancel(), "requests", gone.cancelling())


asyncio.run(main())
