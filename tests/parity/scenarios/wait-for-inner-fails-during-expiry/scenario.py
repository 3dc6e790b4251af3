# rules: WF-4, TO-7: another error raised while being cancelled comes out instead of TimeoutError.
import asyncio


class Boom(Exception):
    pass


async def child():
    try:
        await asyncio.get_running_loop().create_future()
    except asyncio.CancelledError:
        raise Boom("cleanup failed")


async def main():
    try:
        await asyncio.wait_for(child(), 0.005)
    except Boom as e:
        print("main", type(e).__name__, e)
    print("requests", asyncio.current_task().cancelling())


asyncio.run(main())
