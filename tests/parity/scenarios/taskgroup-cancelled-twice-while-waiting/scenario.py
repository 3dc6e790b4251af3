# rules: TG-4, CAN-8: repeated cancels do not make the group leave its children behind.
import asyncio


async def child(gate):
    try:
        await asyncio.get_running_loop().create_future()
    finally:
        print("cleanup waits")
        await gate.wait()
        print("cleanup ends")


async def parent(gate):
    async with asyncio.TaskGroup() as group:
        group.create_task(child(gate))


async def main():
    gate = asyncio.Event()
    task = asyncio.create_task(parent(gate))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    for message in ("first", "second"):
        task.cancel(message)
        for _ in range(3):
            await asyncio.sleep(0)
        print(message, "done", task.done(), "requests", task.cancelling())
    gate.set()
    try:
        await task
    except asyncio.CancelledError as e:
        print("main", type(e).__name__)


asyncio.run(main())
