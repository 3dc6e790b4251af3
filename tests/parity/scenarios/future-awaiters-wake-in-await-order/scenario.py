# rules: TASK-2, FUT-6: tasks waiting on one future run in the order they began to wait, in one batch.
import asyncio


async def waiter(name, future):
    print(name, "waits")
    print(name, "got", await future)


async def main():
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    tasks = [asyncio.create_task(waiter(name, future)) for name in "abc"]
    await asyncio.sleep(0)
    future.set_result("value")
    loop.call_soon(print, "callback queued after completion")
    await asyncio.gather(*tasks)


asyncio.run(main())
