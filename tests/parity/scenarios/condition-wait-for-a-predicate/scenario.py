# rules: COND-5: waiting for a predicate checks it with the lock held, again after each wake-up, and returns its value.
import asyncio


async def waiter(condition, state):
    def ready():
        print("checked with", state["count"], "locked", condition.locked())
        return state["count"] >= 2

    async with condition:
        print("result", await condition.wait_for(ready))
        print("result", await condition.wait_for(ready))


async def main():
    condition = asyncio.Condition()
    state = {"count": 0}
    task = asyncio.create_task(waiter(condition, state))
    await asyncio.sleep(0)
    for _ in range(2):
        async with condition:
            state["count"] += 1
            condition.notify()
        await asyncio.sleep(0)
        await asyncio.sleep(0)
    await task


asyncio.run(main())
