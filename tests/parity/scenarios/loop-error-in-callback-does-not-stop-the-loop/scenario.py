# rules: LOOP-8, EXC-1: an error that leaves a callback goes to the exception handler and the loop goes on.
import asyncio


class Boom(Exception):
    pass


async def main():
    loop = asyncio.get_running_loop()

    def handler(a_loop, context):
        print("handler:", type(context["exception"]).__name__, context["exception"])
        print("keys:", " ".join(sorted(context)))
        print("own loop:", a_loop is loop)

    def fail():
        raise Boom("from callback")

    loop.set_exception_handler(handler)
    loop.call_soon(fail)
    loop.call_soon(print, "next callback")
    await asyncio.sleep(0)
    print("main goes on")


asyncio.run(main())
