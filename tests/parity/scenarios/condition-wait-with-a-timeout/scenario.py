# rules: COND-2, TO-4: a limit around wait ends it with the lock held again.
import asyncio


async def main():
    condition = asyncio.Condition()
    async with condition:
        try:
            async with asyncio.timeout(0.003):
                await condition.wait()
        except TimeoutError as e:
            print(type(e).__name__, "locked", condition.locked())
        try:
            await asyncio.wait_for(condition.wait(), 0.003)
        except TimeoutError as e:
            print(type(e).__name__, "locked", condition.locked())
    print("locked", condition.locked())


asyncio.run(main())
