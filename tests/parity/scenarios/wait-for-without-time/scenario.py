# rules: WF-2: with no time left a fresh coroutine never starts, a done future gives its value, a pending one is cancelled.
import asyncio


async def child():
    print("never starts")


async def main():
    loop = asyncio.get_running_loop()
    for seconds in (0, -1):
        try:
            await asyncio.wait_for(child(), seconds)
        except TimeoutError as e:
            print("fresh:", type(e).__name__)
    done = loop.create_future()
    done.set_result("value")
    print("done:", await asyncio.wait_for(done, 0))
    pending = loop.create_future()
    try:
        await asyncio.wait_for(pending, 0)
    except TimeoutError as e:
        print("pending:", type(e).__name__, "cancelled", pending.cancelled())
    print("requests", asyncio.current_task().cancelling())


asyncio.run(main())
