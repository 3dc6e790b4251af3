# rules: WF-5, CAN-4: a cancel of the caller that meets the completion of the inner future is not swallowed for the value.
import asyncio


async def caller(future):
    try:
        print("got", await asyncio.wait_for(future, 3600))
    except asyncio.CancelledError:
        print("caller cancelled")
        raise


async def main():
    future = asyncio.get_running_loop().create_future()
    task = asyncio.create_task(caller(future))
    await asyncio.sleep(0)
    future.set_result("value")
    task.cancel()
    await asyncio.wait([task])
    print("cancelled", task.cancelled(), "value lost:", future.result())


asyncio.run(main())
