# rules: TO-3, TO-4: when time is up the block is cancelled, and the cancellation becomes a TimeoutError at its end.
import asyncio


async def main():
    me = asyncio.current_task()
    try:
        async with asyncio.timeout(0.005) as limit:
            try:
                await asyncio.get_running_loop().create_future()
            except asyncio.CancelledError as e:
                print("inside", type(e).__name__, len(e.args), "expired", limit.expired(), "requests", me.cancelling())
                raise
    except TimeoutError as e:
        print("outside", type(e).__name__, "expired", limit.expired(), "requests", me.cancelling())
    await asyncio.sleep(0)
    print("main goes on")


asyncio.run(main())
