# rules: TO-8, TO-4: when only the outer limit expires the inner block is passed as a cancellation.
import asyncio


async def main():
    try:
        async with asyncio.timeout(0.003) as outer:
            try:
                async with asyncio.timeout(3600) as inner:
                    await asyncio.get_running_loop().create_future()
            except asyncio.CancelledError as e:
                print("inner", type(e).__name__, "expired", inner.expired())
                raise
    except TimeoutError as e:
        print("outer", type(e).__name__, "expired", outer.expired())
    print("requests", asyncio.current_task().cancelling())


asyncio.run(main())
