# rules: TG-8: a block that swallows the abort and goes on is not cancelled again; the error still comes at the end.
import asyncio


class Boom(Exception):
    pass


async def fail():
    raise Boom("child")


async def main():
    me = asyncio.current_task()
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(fail())
            try:
                await asyncio.get_running_loop().create_future()
            except asyncio.CancelledError:
                print("swallowed, requests", me.cancelling())
            await asyncio.sleep(0)
            await asyncio.sleep(0.001)
            print("block ends")
    except ExceptionGroup as e:
        print("group", *(str(error) for error in e.exceptions), "| requests", me.cancelling())
    await asyncio.sleep(0)
    print("main goes on")


asyncio.run(main())
