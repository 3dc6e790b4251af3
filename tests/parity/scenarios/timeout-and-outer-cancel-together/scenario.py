# rules: TO-5, CAN-10: when expiry and a cancel from outside meet, the CancelledError goes on and is no TimeoutError.
import asyncio


async def child(outside_first):
    loop = asyncio.get_running_loop()
    me = asyncio.current_task()
    if outside_first:
        loop.call_soon(me.cancel, "outside")
    try:
        async with asyncio.timeout_at(loop.time() - 1) as limit:
            if not outside_first:
                loop.call_soon(me.cancel, "outside")
            await loop.create_future()
    except asyncio.CancelledError as e:
        print(type(e).__name__, "expired", limit.expired(), "requests", me.cancelling())
        raise


async def main():
    for outside_first in (True, False):
        task = asyncio.create_task(child(outside_first))
        await asyncio.wait([task])
        print("cancelled", task.cancelled())


asyncio.run(main())
