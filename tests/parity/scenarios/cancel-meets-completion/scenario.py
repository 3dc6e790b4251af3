# rules: CAN-4: when completion and cancel meet in one iteration, cancel wins and the value is lost.
import asyncio


async def waiter(future):
    try:
        print("got", await future)
    except asyncio.CancelledError as e:
        print("waiter", type(e).__name__, *e.args)
        raise


async def main():
    future = asyncio.get_running_loop().create_future()
    task = asyncio.create_task(waiter(future))
    await asyncio.sleep(0)
    future.set_result("value")
    print("cancel", task.cancel("too late"))
    await asyncio.wait([task])
    print("task cancelled", task.cancelled(), "future cancelled", future.cancelled())
    print("value still in the future:", future.result())


asyncio.run(main())
