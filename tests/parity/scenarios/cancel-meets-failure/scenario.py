# rules: CAN-4, CAN-3: when the awaited future failed in the same iteration, cancel wins over the error too.
import asyncio


class Boom(Exception):
    pass


async def waiter(future):
    try:
        await future
    except (Boom, asyncio.CancelledError) as e:
        print("waiter", type(e).__name__, *e.args)
        raise


async def main():
    future = asyncio.get_running_loop().create_future()
    task = asyncio.create_task(waiter(future))
    await asyncio.sleep(0)
    future.set_exception(Boom("error"))
    task.cancel("reason")
    await asyncio.wait([task])
    print("task cancelled", task.cancelled())
    print("error still in the future:", type(future.exception()).__name__)


asyncio.run(main())
