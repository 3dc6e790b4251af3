# rules: TO-8: when only the inner limit expires it converts, and the outer block goes on.
import asyncio


async def main():
    async with asyncio.timeout(3600) as outer:
        try:
            async with asyncio.timeout(0.003) as inner:
                await asyncio.get_running_loop().create_future()
        except TimeoutError as e:
            print("inner", type(e).__name__)
        await asyncio.sleep(0)
        print("outer block goes on")
    print("expired", inner.expired(), outer.expired())


asyncio.run(main())
