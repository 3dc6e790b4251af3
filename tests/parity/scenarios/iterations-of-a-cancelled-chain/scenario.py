# rules: CAN-2, TASK-3: cancellation goes at once to the innermost future and comes out one iteration per task.
import asyncio

ticks = 0


def tick(loop):
    global ticks
    ticks += 1
    loop.call_soon(tick, loop)


async def level(name, inner):
    try:
        await inner
    finally:
        print(name, "ends in iteration", ticks - start)


async def main():
    global start
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    inner = asyncio.create_task(level("inner", future))
    middle = asyncio.create_task(level("middle", inner))
    outer = asyncio.create_task(level("outer", middle))
    loop.call_soon(tick, loop)
    await asyncio.sleep(0)
    start = ticks
    print("cancel", outer.cancel(), "future cancelled", future.cancelled())
    await asyncio.wait([outer])
    print("main in iteration", ticks - start)


asyncio.run(main())
