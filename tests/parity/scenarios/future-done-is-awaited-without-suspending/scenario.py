# rules: FUT-6, TASK-3: awaiting a done future gives its value, error or cancellation in the same step.
import asyncio


class Boom(Exception):
    pass


async def main():
    loop = asyncio.get_running_loop()
    value, failed, gone = (loop.create_future() for _ in range(3))
    value.set_result("value")
    failed.set_exception(Boom("error"))
    gone.cancel("message")
    loop.call_soon(print, "the next iteration")
    print(await value)
    try:
        await failed
    except Boom as e:
        print(type(e).__name__, e)
    try:
        await gone
    except asyncio.CancelledError as e:
        print(type(e).__name__, *e.args)
    print("main suspends only now")
    await asyncio.sleep(0)


asyncio.run(main())
