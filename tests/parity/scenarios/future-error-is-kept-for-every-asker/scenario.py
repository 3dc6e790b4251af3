# rules: FUT-1, FUT-4, FUT-8: a failed future hands its error to every awaiter and to every call of result.
import asyncio


class Boom(Exception):
    pass


async def waiter(name, future):
    try:
        await future
    except Boom as e:
        print(name, type(e).__name__, e)


async def main():
    future = asyncio.get_running_loop().create_future()
    waiters = [asyncio.create_task(waiter(name, future)) for name in ("one", "two")]
    await asyncio.sleep(0)
    future.set_exception(Boom("stored"))
    await asyncio.wait(waiters)
    for _ in range(2):
        try:
            future.result()
        except Boom as e:
            print("result", type(e).__name__, e)
    print("exception", type(future.exception()).__name__, "cancelled", future.cancelled())


asyncio.run(main())
