# rules: TO-9, CAN-15: a limit around cleanup works although the task has been cancelled.
import asyncio


async def child():
    me = asyncio.current_task()
    try:
        await asyncio.get_running_loop().create_future()
    finally:
        print("cleanup, requests", me.cancelling())
        try:
            async with asyncio.timeout(0.003):
                await asyncio.get_running_loop().create_future()
        except TimeoutError as e:
            print("cleanup", type(e).__name__, "requests", me.cancelling())


async def main():
    task = asyncio.create_task(child())
    await asyncio.sleep(0)
    task.cancel("reason")
    try:
        await task
    except asyncio.CancelledError as e:
        print("main", type(e).__name__, *e.args)


asyncio.run(main())
