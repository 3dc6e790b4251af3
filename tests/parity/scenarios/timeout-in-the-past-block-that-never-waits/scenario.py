# rules: TO-2: a deadline already past does not touch a block that never waits.
import asyncio


async def main():
    loop = asyncio.get_running_loop()
    async with asyncio.timeout(0) as limit:
        print("zero: block runs")
    print("expired", limit.expired())
    async with asyncio.timeout(-1) as limit:
        print("negative: block runs")
    print("expired", limit.expired())
    async with asyncio.timeout_at(loop.time() - 1) as limit:
        print("past: block runs")
    print("expired", limit.expired())
    await asyncio.sleep(0)
    print("main goes on")


asyncio.run(main())
