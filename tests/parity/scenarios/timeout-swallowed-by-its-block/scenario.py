# rules: TO-6, TO-11: a block that swallows the expiry gets no TimeoutError; it did expire, and the count is repaired.
import asyncio


async def main():
    async with asyncio.timeout(0.003) as limit:
        try:
            await asyncio.get_running_loop().create_future()
        except asyncio.CancelledError:
            print("swallowed, requests", asyncio.current_task().cancelling())
        await asyncio.sleep(0)
        print("goes on inside")
    print("expired", limit.expired(), "requests", asyncio.current_task().cancelling())
    await asyncio.sleep(0)
    print("goes on outside")


asyncio.run(main())
