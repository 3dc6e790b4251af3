# rules: WA-2: cancelling the task that waits does not cancel the members.
import asyncio


async def child(gate):
    await gate.wait()
    return "unharmed"


async def waiter(tasks):
    try:
        await asyncio.wait(tasks)
    except asyncio.CancelledError:
        print("waiter cancelled")
        raise


async def main():
    gate = asyncio.Event()
    task = asyncio.create_task(child(gate))
    waiting = asyncio.create_task(waiter([task]))
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.wait([waiting])
    print("waiter", waiting.cancelled(), "member done", task.done(), "requests", task.cancelling())
    gate.set()
    print(await task)


asyncio.run(main())
