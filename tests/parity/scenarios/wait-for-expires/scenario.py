# rules: WF-1, WF-3: when time is up the inner wait is cancelled and a TimeoutError comes out; the caller's count is repaired.
import asyncio


async def child():
    try:
        await asyncio.get_running_loop().create_future()
    except asyncio.CancelledError:
        print("child cancelled, requests", asyncio.current_task().cancelling())
        raise


async def main():
    try:
        await asyncio.wait_for(child(), 0.005)
    except TimeoutError as e:
        print("main", type(e).__name__, "requests", asyncio.current_task().cancelling())
    task = asyncio.create_task(asyncio.sleep(3600))
    try:
        await asyncio.wait_for(task, 0.005)
    except TimeoutError as e:
        print("main", type(e).__name__, "task cancelled", task.cancelled())


asyncio.run(main())
