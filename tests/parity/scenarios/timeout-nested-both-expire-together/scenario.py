# rules: TO-8, TO-5: when both limits of a nest expire together only the outermost converts.
import asyncio


async def main():
    loop = asyncio.get_running_loop()
    me = asyncio.current_task()
    try:
        async with asyncio.timeout_at(loop.time() - 1) as outer:
            try:
                async with asyncio.timeout_at(loop.time() - 1) as inner:
                    await loop.create_future()
            except (TimeoutError, asyncio.CancelledError) as e:
                print("inner block", type(e).__name__, "requests", me.cancelling())
                raise
    except TimeoutError as e:
        print("outer block", type(e).__name__, "requests", me.cancelling())
    print("expired", inner.expired(), outer.expired())


asyncio.run(main())
