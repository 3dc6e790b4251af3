# rules: CAN-4, FUT-2: a done-callback that cancels the awaiter of the same future still comes in time, if it is registered first.
import asyncio


async def waiter(future):
    try:
        return await future
    except asyncio.CancelledError:
        print("waiter cancelled")
        raise


async def main():
    for callback_first in (True, False):
        future = asyncio.get_running_loop().create_future()
        task = asyncio.create_task(waiter(future))
        if not callback_first:
            await asyncio.sleep(0)
        future.add_done_callback(lambda f: print("cancel", task.cancel()))
        await asyncio.sleep(0)
        future.set_result("value")
        await asyncio.wait([task])
        print("cancelled", task.cancelled())


asyncio.run(main())
