# rules: SH-4, SH-1: a shielded coroutine becomes a task at the call; cancelling the outer future is immediate.
import asyncio


async def inner(log):
    log.append("begins")
    await asyncio.sleep(0)
    log.append("ends")


async def main():
    log = []
    outer = asyncio.shield(inner(log))
    print("cancel", outer.cancel(), "cancelled", outer.cancelled())
    for _ in range(3):
        await asyncio.sleep(0)
    print(", ".join(log))


asyncio.run(main())
