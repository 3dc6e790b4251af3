# rules: STAGGERED, CAN-2: cancelling the race cancels all attempts that run, and waits for them.
import asyncio
from asyncio.staggered import staggered_race


async def attempt(name, started):
    print(name, "starts")
    started.set()
    try:
        await asyncio.get_running_loop().create_future()
    finally:
        await asyncio.sleep(0)
        print(name, "cleaned up")


async def main():
    started = asyncio.Event()
    task = asyncio.create_task(staggered_race([lambda: attempt("only", started)], 3600))
    await started.wait()
    task.cancel()
    await asyncio.wait([task])
    print("race cancelled", task.cancelled())


asyncio.run(main())
