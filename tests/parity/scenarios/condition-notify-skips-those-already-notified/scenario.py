# rules: COND-3: two notifications before anyone ran wake two waiters, in order; too large a number wakes all.
import asyncio


async def waiter(name, condition):
    async with condition:
        await condition.wait()
        print(name, "woken")


async def main():
    condition = asyncio.Condition()
    tasks = [asyncio.create_task(waiter(name, condition)) for name in "abcd"]
    await asyncio.sleep(0)
    async with condition:
        condition.notify()
        condition.notify()
    for _ in range(5):
        await asyncio.sleep(0)
    print("done", *(task.done() for task in tasks))
    async with condition:
        condition.notify(0)
        condition.notify(10)
    await asyncio.wait(tasks)


asyncio.run(main())
