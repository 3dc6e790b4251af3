# rules: TO-5, CAN-8, CAN-15: a cancel from outside that arrives during the cleanup after expiry wins over the TimeoutError.
import asyncio


async def child():
    async with asyncio.timeout(0) as limit:
        try:
            await asyncio.get_running_loop().create_future()
        finally:
            print("cleanup, expired", limit.expired())
            try:
                await asyncio.get_running_loop().create_future()
            except asyncio.CancelledError as e:
                print("cleanup interrupted", *e.args)


async def main():
    task = asyncio.create_task(child())
    for _ in range(3):
        await asyncio.sleep(0)
    task.cancel("outside")
    try:
        await task
    except (TimeoutError, asyncio.CancelledError) as e:
        print("main", type(e).__name__)
    print("cancelled", task.cancelled(), "requests", task.cancelling())


asyncio.run(main())
