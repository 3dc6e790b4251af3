# rules: EXE-5: another thread hands a coroutine to the loop and waits for its value or its error.
import asyncio


class Boom(Exception):
    pass


async def work(value):
    await asyncio.sleep(0)
    if value is None:
        raise Boom("no value")
    return value * 2


def other_thread(loop):
    print("value:", asyncio.run_coroutine_threadsafe(work(21), loop).result(5))
    try:
        asyncio.run_coroutine_threadsafe(work(None), loop).result(5)
    except Boom as e:
        print("error:", type(e).__name__, e)


async def main():
    await asyncio.to_thread(other_thread, asyncio.get_running_loop())
    print("main done")


asyncio.run(main())
