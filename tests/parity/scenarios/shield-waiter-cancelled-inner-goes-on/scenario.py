# rules: SH-1, CAN-13: cancelling the waiter of a shield cancels only the outer future.
import asyncio


async def inner(gate):
    await gate.wait()
    print("inner ends")
    return "value"


async def waiter(task):
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError as e:
        print("waiter", type(e).__name__, *e.args, "| inner done", task.done())
        raise


async def main():
    gate = asyncio.Event()
    task = asyncio.create_task(inner(gate))
    waiting = asyncio.create_task(waiter(task))
    await asyncio.sleep(0)
    waiting.cancel("waiter only")
    await asyncio.wait([waiting])
    print("waiter cancelled", waiting.cancelled(), "inner requests", task.cancelling())
    gate.set()
    print(await task)


asyncio.run(main())
