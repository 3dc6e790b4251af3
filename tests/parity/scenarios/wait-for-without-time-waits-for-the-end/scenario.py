# rules: WF-2, WF-3: with no time left a running task is cancelled and awaited; if it still returns, its value counts.
import asyncio


async def child(swallow):
    try:
        await asyncio.get_running_loop().create_future()
    except asyncio.CancelledError:
        await asyncio.sleep(0)
        print("child cleaned up")
        if not swallow:
            raise
    return "late value"


async def main():
    for swallow in (False, True):
        task = asyncio.create_task(child(swallow))
        await asyncio.sleep(0)
        try:
            print("main got", await asyncio.wait_for(task, 0))
        except TimeoutError as e:
            print("main", type(e).__name__)
        print("task cancelled", task.cancelled())


asyncio.run(main())
