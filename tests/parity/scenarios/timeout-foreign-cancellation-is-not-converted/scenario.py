# rules: TO-4, TO-11: a CancelledError that has nothing to do with the limit passes through.
import asyncio


async def main():
    future = asyncio.get_running_loop().create_future()
    asyncio.get_running_loop().call_soon(future.cancel, "future")
    try:
        async with asyncio.timeout(3600) as limit:
            await future
    except asyncio.CancelledError as e:
        print(type(e).__name__, *e.args, "expired", limit.expired())
    try:
        async with asyncio.timeout(3600):
            raise TimeoutError("own")
    except TimeoutError as e:
        print(type(e).__name__, *e.args)


asyncio.run(main())
