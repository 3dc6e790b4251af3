# rules: CAN-15, CAN-14: cleanup after a cancel may wait as it likes; the canceller that waits sees it end.
import asyncio


async def child(gate):
    try:
        await asyncio.get_running_loop().create_future()
    finally:
        print("cleanup waits")
        await gate.wait()
        print("cleanup ends")


async def main():
    gate = asyncio.Event()
    task = asyncio.create_task(child(gate))
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.sleep(0)
    print("done", task.done(), "requests", task.cancelling())
    gate.set()
    done, _ = await asyncio.wait([task])
    print("waited for", len(done), "cancelled", task.cancelled())


asyncio.run(main())
