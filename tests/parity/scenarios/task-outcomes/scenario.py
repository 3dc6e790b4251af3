# rules: TASK-5, FUT-4: a body that returns, fails, or raises CancelledError by itself ends finished, failed, cancelled.
import asyncio


class Boom(Exception):
    pass


async def body(kind):
    await asyncio.sleep(0)
    if kind == "fails":
        raise Boom("error")
    if kind == "raises cancelled":
        raise asyncio.CancelledError("nobody asked")
    return "value"


async def main():
    for kind in ("returns", "fails", "raises cancelled"):
        task = asyncio.create_task(body(kind))
        await asyncio.wait([task])
        print(kind, "done", task.done(), "cancelled", task.cancelled(), "requests", task.cancelling())
        try:
            print(task.result())
        except (Boom, asyncio.CancelledError) as e:
            print(type(e).__name__, e)


asyncio.run(main())
