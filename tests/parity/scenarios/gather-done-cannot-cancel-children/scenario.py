# rules: GA-7, GA-3: once gather has failed, cancelling it does nothing to the children still running.
import asyncio


class Boom(Exception):
    pass


async def fail():
    raise Boom("error")


async def child(gate):
    await gate.wait()
    return "unharmed"


async def main():
    gate = asyncio.Event()
    task = asyncio.create_task(child(gate))
    future = asyncio.gather(fail(), task)
    try:
        await future
    except Boom as e:
        print(type(e).__name__, e)
    print("cancel", future.cancel())
    gate.set()
    print(await task)


asyncio.run(main())
