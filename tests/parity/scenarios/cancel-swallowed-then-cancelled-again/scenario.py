# rules: CAN-7, CAN-1: a task that swallowed a cancel can be cancelled again.
import asyncio


async def child():
    for n in (1, 2):
        try:
            await asyncio.get_running_loop().create_future()
        except asyncio.CancelledError as e:
            print("caught", *e.args, "requests", asyncio.current_task().cancelling())
            if n == 2:
                raise


async def main():
    task = asyncio.create_task(child())
    await asyncio.sleep(0)
    task.cancel("first")
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    print("done", task.done())
    task.cancel("second")
    await asyncio.wait([task])
    print("cancelled", task.cancelled(), "requests", task.cancelling())


asyncio.run(main())
