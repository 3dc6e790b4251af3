# rules: CAN-7, CAN-11: one request is one error; a body that catches it goes on and finishes, its count stays raised.
import asyncio


async def child():
    try:
        await asyncio.get_running_loop().create_future()
    except asyncio.CancelledError:
        print("swallowed")
    for n in range(2):
        await asyncio.sleep(0)
        print("later await", n)
    return "value"


async def main():
    task = asyncio.create_task(child())
    await asyncio.sleep(0)
    task.cancel()
    print("result", await task)
    print("cancelled", task.cancelled(), "requests", task.cancelling())


asyncio.run(main())
