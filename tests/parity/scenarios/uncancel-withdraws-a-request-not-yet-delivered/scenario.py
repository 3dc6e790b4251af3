# rules: CAN-9: uncancel to zero also withdraws a cancel that was not delivered yet.
import asyncio


async def main():
    me = asyncio.current_task()
    me.cancel()
    me.cancel()
    print("requests", me.cancelling())
    print("uncancel", me.uncancel())
    print("uncancel", me.uncancel())
    await asyncio.sleep(0)
    print("not cancelled")
    me.cancel("one stays")
    me.cancel()
    print("uncancel", me.uncancel())
    try:
        await asyncio.sleep(0)
    except asyncio.CancelledError as e:
        print("cancelled, requests", me.cancelling())
    print("uncancel", me.uncancel())


asyncio.run(main())
