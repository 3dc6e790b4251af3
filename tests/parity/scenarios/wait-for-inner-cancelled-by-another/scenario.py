# rules: WF-1, TO-4: when somebody else cancels the awaited task, waitFor raises CancelledError and no TimeoutError.
import asyncio


async def inner():
    await asyncio.get_running_loop().create_future()


async def main():
    task = asyncio.create_task(inner())
    asyncio.get_running_loop().call_soon(task.cancel, "another")
    try:
        await asyncio.wait_for(task, 3600)
    except asyncio.CancelledError as e:
        print(type(e).__name__, *e.args, "requests", asyncio.current_task().cancelling())
    await asyncio.sleep(0)
    print("main goes on")


asyncio.run(main())
