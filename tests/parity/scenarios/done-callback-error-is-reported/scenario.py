# rules: EXC-5, FUT-2: a failing done-callback is reported and keeps neither its siblings nor the awaiter from running.
import asyncio


class Boom(Exception):
    pass


def fail(_):
    raise Boom("in done-callback")


async def main():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(
        lambda _, context: print("handler:", context["exception"], "|", " ".join(sorted(context)))
    )
    future = loop.create_future()
    future.add_done_callback(lambda f: print("first", f.result()))
    future.add_done_callback(fail)
    future.add_done_callback(lambda f: print("third", f.result()))
    loop.call_soon(future.set_result, "value")
    print("awaiter", await future)


asyncio.run(main())
