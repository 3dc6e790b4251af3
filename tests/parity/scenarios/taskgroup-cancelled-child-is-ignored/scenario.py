# rules: TG-3: a child that is cancelled neither aborts its group nor appears among the errors.
import asyncio


async def child(gate):
    await gate.wait()
    return "value"


async def raises_cancelled():
    raise asyncio.CancelledError("own")


async def main():
    gate = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        gone = group.create_task(child(gate))
        stays = group.create_task(child(gate))
        own = group.create_task(raises_cancelled())
        await asyncio.sleep(0)
        gone.cancel()
        await asyncio.sleep(0)
        print("block goes on, cancelled", gone.cancelled(), own.cancelled())
        gate.set()
    print("group ends", stays.result(), "requests", asyncio.current_task().cancelling())


asyncio.run(main())
