# rules: WA-2: when its timeout runs out wait returns what is pending, raises nothing and cancels nothing.
import asyncio


async def child(gate):
    await gate.wait()
    return "value"


async def main():
    gate = asyncio.Event()
    task = asyncio.create_task(child(gate))
    done, pending = await asyncio.wait([task], timeout=0.005)
    print("done", len(done), "pending", len(pending), "requests", task.cancelling())
    done, pending = await asyncio.wait([task], timeout=0)
    print("done", len(done), "pending", len(pending), "requests", task.cancelling())
    gate.set()
    print(await task)


asyncio.run(main())
