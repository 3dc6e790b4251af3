# rules: COND-1: wait and notify need the lock held, by whomever.
import asyncio


async def waiter(condition):
    async with condition:
        await condition.wait()
        print("waiter woken")


async def main():
    condition = asyncio.Condition()
    try:
        await condition.wait()
    except RuntimeError as e:
        print("wait:", type(e).__name__)
    for name, call in (("notify", condition.notify), ("notify_all", condition.notify_all)):
        try:
            call()
        except RuntimeError as e:
            print(name + ":", type(e).__name__)
    task = asyncio.create_task(waiter(condition))
    await asyncio.sleep(0)
    await condition.acquire()
    asyncio.get_running_loop().call_soon(condition.notify)
    await asyncio.sleep(0)
    print("notified by a callback while main holds the lock")
    condition.release()
    await task


asyncio.run(main())
