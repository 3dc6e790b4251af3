# rules: CAN-16, FUT-1: the other way round, the cancelled future refuses the value.
import asyncio


async def waiter(future):
    await future


async def main():
    future = asyncio.get_running_loop().create_future()
    task = asyncio.create_task(waiter(future))
    await asyncio.sleep(0)
    task.cancel()
    print("future done", future.done())
    try:
        future.set_result("value")
    except asyncio.InvalidStateError as e:
        print("set_result", type(e).__name__)
    await asyncio.wait([task])
    print("task cancelled", task.cancelled())


asyncio.run(main())
