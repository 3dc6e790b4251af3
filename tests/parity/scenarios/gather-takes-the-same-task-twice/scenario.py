# rules: GA-2: an object given twice is awaited once and its result appears twice.
import asyncio


async def child():
    print("child runs")
    await asyncio.sleep(0)
    return "value"


async def main():
    task = asyncio.create_task(child())
    future = asyncio.get_running_loop().create_future()
    future.set_result("future")
    print(*await asyncio.gather(task, future, task))


asyncio.run(main())
