# rules: TG-2, TG-4, TG-5: a failing child of the outer group cancels the inner group, which passes the cancel on.
import asyncio


class Boom(Exception):
    pass


async def fail():
    await asyncio.sleep(0)
    raise Boom("outer child")


async def child(name):
    try:
        await asyncio.get_running_loop().create_future()
    finally:
        print(name, "ends")


async def main():
    me = asyncio.current_task()
    try:
        async with asyncio.TaskGroup() as outer:
            outer.create_task(child("outer sibling"))
            outer.create_task(fail())
            try:
                async with asyncio.TaskGroup() as inner:
                    inner.create_task(child("inner child"))
            except asyncio.CancelledError:
                print("inner group passes the cancel on, requests", me.cancelling())
                raise
    except ExceptionGroup as e:
        print("outer group", *(str(error) for error in e.exceptions), "| requests", me.cancelling())


asyncio.run(main())
