# rules: COND-6: two conditions may share a lock and wake their own waiters only.
import asyncio


async def waiter(name, condition):
    async with condition:
        await condition.wait()
        print(name, "woken")


async def main():
    lock = asyncio.Lock()
    one, two = asyncio.Condition(lock), asyncio.Condition(lock)
    tasks = [asyncio.create_task(waiter("one", one)), asyncio.create_task(waiter("two", two))]
    await asyncio.sleep(0)
    async with lock:
        print("locked", one.locked(), two.locked())
        two.notify_all()
    await asyncio.wait([tasks[1]])
    print("done", *(task.done() for task in tasks))
    async with two:
        one.notify_all()
    await tasks[0]


asyncio.run(main())
