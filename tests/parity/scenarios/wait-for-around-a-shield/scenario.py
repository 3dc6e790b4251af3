# rules: WF-3, SH-1: a shielded task survives the expiry of the wait around it.
import asyncio


async def child(gate):
    await gate.wait()
    return "value"


async def main():
    gate = asyncio.Event()
    task = asyncio.create_task(child(gate))
    for _ in range(2):
        try:
            await asyncio.wait_for(asyncio.shield(task), 0.003)
        except TimeoutError as e:
            print(type(e).__name__, "task done", task.done(), "requests", task.cancelling())
    gate.set()
    print(await asyncio.wait_for(asyncio.shield(task), 3600))


asyncio.run(main())
