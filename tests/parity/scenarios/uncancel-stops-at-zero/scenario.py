# rules: CAN-9: the count of requests never goes below zero.
import asyncio


async def main():
    me = asyncio.current_task()
    print("uncancel", me.uncancel(), me.uncancel(), "requests", me.cancelling())
    me.cancel()
    print("requests", me.cancelling())
    print("uncancel", me.uncancel(), me.uncancel())
    me.cancel()
    print("one cancel counts again:", me.cancelling())
    me.uncancel()
    await asyncio.sleep(0)
    print("done")


asyncio.run(main())
