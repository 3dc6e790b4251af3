# rules: TASK-3: gather, wait, shield and a task group over new trivial children use three iterations.
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
    await asyncio.gather(trivial(), trivial())
    print("gather:", ticks - before)
    before = ticks
    await asyncio.wait([asyncio.create_task(trivial())])
    print("wait:", ticks - before)
    before = ticks
    await asyncio.shield(trivial())
    print("shield:", ticks - before)
    before = ticks
    async with asyncio.TaskGroup() as group:
        group.create_task(trivial())
        group.create_task(trivial())
    print("task group:", ticks - before)


asyncio.run(main())
