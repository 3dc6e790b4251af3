# rules: EAG-2, EAG-1: eager starts nest; each level returns to its creator when its child first waits.
import asyncio


async def child(depth, gate):
    print("enter", depth)
    if depth > 0:
        inner = asyncio.create_task(child(depth - 1, gate))
        print("created below", depth, "done", inner.done())
        await inner
    else:
        await gate.wait()
    print("leave", depth)


async def main():
    asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)
    gate = asyncio.Event()
    task = asyncio.create_task(child(2, gate))
    print("main created, done", task.done())
    gate.set()
    await task
    print("main ends")


asyncio.run(main())
