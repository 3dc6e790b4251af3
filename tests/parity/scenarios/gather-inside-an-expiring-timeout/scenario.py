# rules: TO-4, GA-6, CAN-2: a limit around gather cancels all its children.
import asyncio


async def child(name):
    try:
        await asyncio.get_running_loop().create_future()
    except asyncio.CancelledError as e:
        print(name, "cancelled", len(e.args))
        raise


async def main():
    try:
        async with asyncio.timeout(0.003):
            await asyncio.gather(child("a"), child("b"))
    except TimeoutError as e:
        print(type(e).__name__, "requests", asyncio.current_task().cancelling())
    print("tasks", len(asyncio.all_tasks()))


asyncio.run(main())
