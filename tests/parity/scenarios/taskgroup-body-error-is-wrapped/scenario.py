# rules: TG-4, TG-6: an error of the block cancels the children and comes out in a group, alone or with theirs.
import asyncio


class Boom(Exception):
    pass


async def child(fails):
    try:
        await asyncio.get_running_loop().create_future()
    except asyncio.CancelledError:
        print("child cancelled")
        if fails:
            raise Boom("child")
        raise


async def main():
    for fails in (False, True):
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(child(fails))
                await asyncio.sleep(0)
                raise Boom("block")
        except ExceptionGroup as e:
            print("group", " and ".join(sorted(str(error) for error in e.exceptions)))
        print("requests", asyncio.current_task().cancelling())


asyncio.run(main())
