# rules: WA-4, CAN-1, CAN-14: the first of several wins; the losers are cancelled and awaited.
import asyncio


async def racer(name, turns):
    try:
        for _ in range(turns):
            await asyncio.sleep(0)
        return name
    except asyncio.CancelledError:
        print(name, "cancelled")
        raise


async def main():
    tasks = [asyncio.create_task(racer(name, turns)) for name, turns in (("tortoise", 50), ("hare", 5), ("snail", 90))]
    done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in tasks:
        if task in pending:
            task.cancel()
    await asyncio.wait(pending)
    print("winner", *(task.result() for task in done))
    print("cancelled", *(task.cancelled() for task in tasks))


asyncio.run(main())
