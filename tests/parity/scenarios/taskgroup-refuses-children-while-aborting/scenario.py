# rules: TG-1, TG-2: a group that is aborting takes no more children.
import asyncio


class Boom(Exception):
    pass


async def fail():
    raise Boom("first")


async def child():
    print("never starts")


async def main():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(fail())
            try:
                await asyncio.get_running_loop().create_future()
            except asyncio.CancelledError:
                try:
                    group.create_task(child())
                except RuntimeError as e:
                    print("aborting:", type(e).__name__)
                raise
    except ExceptionGroup as e:
        print("group", *(str(error) for error in e.exceptions))


asyncio.run(main())
