# rules: SH-1: value, error and cancellation of the shielded task reach the waiter.
import asyncio


class Boom(Exception):
    pass


async def inner(kind):
    await asyncio.sleep(0)
    if kind == "fails":
        raise Boom("error")
    if kind == "cancelled":
        raise asyncio.CancelledError
    return "value"


async def main():
    for kind in ("returns", "fails", "cancelled"):
        outer = asyncio.shield(inner(kind))
        try:
            print(kind, await outer)
        except (Boom, asyncio.CancelledError) as e:
            print(kind, type(e).__name__)
        print("outer cancelled", outer.cancelled(), "requests", asyncio.current_task().cancelling())


asyncio.run(main())
