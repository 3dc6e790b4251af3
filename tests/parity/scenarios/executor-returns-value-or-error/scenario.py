# rules: EXE-1, EXE-2: a job starts when it is submitted; its value or error comes back through a future.
import asyncio
import threading


class Boom(Exception):
    pass


def fail():
    raise Boom("in the thread")


async def main():
    loop = asyncio.get_running_loop()
    started = threading.Event()
    future = loop.run_in_executor(None, started.set)
    print("started before any await:", started.wait(5))
    print("future:", asyncio.isfuture(future))
    await future
    other = await loop.run_in_executor(None, threading.current_thread)
    print("another thread:", other is not threading.current_thread())
    try:
        await loop.run_in_executor(None, fail)
    except Boom as e:
        print("error:", type(e).__name__, e)


asyncio.run(main())
