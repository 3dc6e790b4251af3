# rules: TO-8, TO-3: an outer limit that expires after the inner one converted ends the handling of the inner error.
import asyncio


async def main():
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(3600) as outer:
            try:
                async with asyncio.timeout(0.002):
                    await loop.create_future()
            except TimeoutError as e:
                print("inner", type(e).__name__)
                outer.reschedule(loop.time() - 1)
                await loop.create_future()
    except TimeoutError as e:
        print("outer", type(e).__name__)
    print("requests", asyncio.current_task().cancelling())


asyncio.run(main())
