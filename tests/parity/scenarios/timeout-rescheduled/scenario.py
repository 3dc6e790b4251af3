# rules: TO-10, TO-1: a limit can be moved, taken away, or moved into the past, which ends the block in the next iteration.
import asyncio


async def main():
    loop = asyncio.get_running_loop()
    async with asyncio.timeout(0.005) as limit:
        first = limit.when()
        limit.reschedule(None)
        print("taken away:", limit.when())
        await asyncio.sleep(0.01)
    print("expired", limit.expired())
    async with asyncio.timeout(0.005) as limit:
        limit.reschedule(loop.time() + 3600)
        print("moved later:", limit.when() > first)
        await asyncio.sleep(0.01)
    print("expired", limit.expired())
    try:
        async with asyncio.timeout(3600) as limit:
            limit.reschedule(loop.time() - 1)
            print("moved into the past, expired", limit.expired())
            await asyncio.sleep(0)
            print("not reached")
    except TimeoutError as e:
        print(type(e).__name__, "expired", limit.expired())


asyncio.run(main())
