# rules: COND-2, COND-3: wait releases the lock and holds it again when it returns; notify itself releases nothing.
import asyncio


async def waiter(name, condition):
    async with condition:
        print(name, "waits")
        result = await condition.wait()
        print(name, "woken", result, "locked", condition.locked())


async def main():
    condition = asyncio.Condition()
    tasks = [asyncio.create_task(waiter(name, condition)) for name in "abc"]
    await asyncio.sleep(0)
    async with condition:
        print("main holds")
        condition.notify(2)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        print("main releases")
    for _ in range(5):
        await asyncio.sleep(0)
    print("done", *(task.done() for task in tasks))
    async with condition:
        condition.notify_all()
    await asyncio.wait(tasks)


asyncio.run(main())
