# rules: TASK-3, SLEEP: sleep of zero uses one iteration, a new trivial task two.
import asyncio

ticks = 0


def tick(loop):
    global ticks
    ticks += 1
    loop.call_soon(tick, loop)


async def trivial():
    return None


async def main():
    loop = asyncio.get_running_loop()
    loop.call_soon(tick, loop)
    await asyncio.sleep(0)
    before = ticks
    await asyncio.sleep(0)
    print("sleep(0):", ticks - before)
    before = ticks
    await asyncio.create_task(trivial())
    print("new task:", ticks - before)
    task = asyncio.create_task(trivial())
    await asyncio.sleep(0)
    before = ticks
    await task
    print("finished task:", ticks - before)


asyncio.run(main())
