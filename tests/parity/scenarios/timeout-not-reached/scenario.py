# rules: TO-1, TO-4: a block that ends in time returns normally, its timer is gone.
import asyncio


class Boom(Exception):
    pass


async def main():
    async with asyncio.timeout(0.01) as limit:
        await asyncio.sleep(0)
    print("ended, expired", limit.expired())
    async with asyncio.timeout(None) as limit:
        await asyncio.sleep(0)
    print("no limit:", limit.when(), "expired", limit.expired())
    try:
        async with asyncio.timeout(0.01):
            raise Boom("own error")
    except Boom as e:
        print(type(e).__name__, e)
    await asyncio.sleep(0.02)
    print("nothing cancelled, requests", asyncio.current_task().cancelling())


asyncio.run(main())
