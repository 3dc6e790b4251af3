# rules: GA-6, CAN-2: cancelling the task that awaits gather cancels the children through it.
import asyncio


async def child(name):
    try:
        await asyncio.get_running_loop().create_future()
    finally:
        print(name, "ends")


async def gatherer():
    try:
        await asyncio.gather(child("a"), child("b"))
    except asyncio.CancelledError:
        print("gatherer cancelled, requests", asyncio.current_task().cancelling())
        raise


async def main():
    task = asyncio.create_task(gatherer())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.wait([task])
    print("cancelled", task.cancelled())


asyncio.run(main())
