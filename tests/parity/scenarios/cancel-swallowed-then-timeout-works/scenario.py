# rules: CAN-11, TO-9, CAN-10: a timeout compares with the count at its entry, so a stale count does no harm.
import asyncio


async def child():
    try:
        await asyncio.get_running_loop().create_future()
    except asyncio.CancelledError:
        print("swallowed")
    try:
        async with asyncio.timeout(0.005):
            await asyncio.get_running_loop().create_future()
    except TimeoutError as e:
        print(type(e).__name__, "requests", asyncio.current_task().cancelling())
    await asyncio.sleep(0)
    return "finished"


async def main():
    task = asyncio.create_task(child())
    await asyncio.sleep(0)
    task.cancel()
    print(await task)


asyncio.run(main())
