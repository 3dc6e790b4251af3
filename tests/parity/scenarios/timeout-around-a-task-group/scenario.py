# rules: TO-4, TG-5, TG-4: a limit around a group cancels its children, waits for them, and then converts.
import asyncio

cleaned_up = []


async def child(name):
    try:
        await asyncio.get_running_loop().create_future()
    finally:
        await asyncio.sleep(0)
        cleaned_up.append(name)


async def main():
    try:
        async with asyncio.timeout(0.003):
            async with asyncio.TaskGroup() as group:
                group.create_task(child("a"))
                group.create_task(child("b"))
    except TimeoutError as e:
        print(type(e).__name__, "requests", asyncio.current_task().cancelling())
    print("cleaned up:", *sorted(cleaned_up))


asyncio.run(main())
