# rules: TASK-2: completing a future queues the waiting task itself, without another hop.
import asyncio


async def waiter(future):
    print("waiter got", await future)


async def main():
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    task = asyncio.create_task(waiter(future))
    await asyncio.sleep(0)
    loop.call_soon(print, "before completion")
    future.set_result("value")
    loop.call_soon(print, "after completion")
    print("completed")
    await asyncio.sleep(0)
    print("one iteration later, done:", task.done())


asyncio.run(main())
