# rules: CAN-9: uncancel from outside cannot take back the cancel of a future that was awaited.
import asyncio


async def child(future):
    try:
        await future
    except asyncio.CancelledError:
        print("child cancelled, requests", asyncio.current_task().cancelling())
        raise


async def main():
    future = asyncio.get_running_loop().create_future()
    task = asyncio.create_task(child(future))
    await asyncio.sleep(0)
    task.cancel()
    print("uncancel", task.uncancel())
    print("future cancelled", future.cancelled())
    await asyncio.wait([task])
    print("task cancelled", task.cancelled())


asyncio.run(main())
