# rules: TO-4, TG-2, TG-6: a limit that expires inside a child is an ordinary failure of that child.
import asyncio


async def limited():
    async with asyncio.timeout(0.003):
        await asyncio.get_running_loop().create_future()


async def sibling():
    try:
        await asyncio.get_running_loop().create_future()
    except asyncio.CancelledError:
        print("sibling cancelled")
        raise


async def main():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(limited())
            group.create_task(sibling())
    except ExceptionGroup as e:
        print("group", *(type(error).__name__ for error in e.exceptions))


asyncio.run(main())
