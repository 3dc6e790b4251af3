# rules: TO-2, TO-3: a deadline already past ends the block at its first wait, even one of a single iteration.
import asyncio


async def main():
    loop = asyncio.get_running_loop()
    for when in (loop.time() - 1, loop.time()):
        try:
            async with asyncio.timeout_at(when) as limit:
                print("before the wait, expired", limit.expired())
                await asyncio.sleep(0)
                print("not reached")
        except TimeoutError as e:
            print(type(e).__name__, "expired", limit.expired())


asyncio.run(main())
