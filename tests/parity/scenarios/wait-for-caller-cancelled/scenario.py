# rules: WF-5, CAN-2: cancelling the caller cancels the inner coroutine or task, waits for it and is not lost.
import asyncio


async def child():
    try:
        await asyncio.get_running_loop().create_future()
    except asyncio.CancelledError as e:
        print("child", *e.args)
        await asyncio.sleep(0)
        print("child cleaned up")
        raise


async def caller(inner):
    try:
        await asyncio.wait_for(inner, 3600)
    except asyncio.CancelledError as e:
        print("caller", type(e).__name__, *e.args)
        raise


async def main():
    for inner in (child(), asyncio.create_task(child())):
        task = asyncio.create_task(caller(inner))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        task.cancel("from main")
        await asyncio.wait([task])
        print("cancelled", task.cancelled())


asyncio.run(main())
