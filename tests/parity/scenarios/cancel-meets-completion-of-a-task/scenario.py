# rules: CAN-4, CAN-1: cancelling a task whose awaited task has just returned loses the returned value.
import asyncio


async def child():
    print("child returns")
    return "value"


async def parent():
    try:
        print("parent got", await asyncio.create_task(child()))
    except asyncio.CancelledError:
        print("parent cancelled")
        raise


async def main():
    task = asyncio.create_task(parent())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    print("cancel", task.cancel())
    await asyncio.wait([task])
    print("task cancelled", task.cancelled())


asyncio.run(main())
