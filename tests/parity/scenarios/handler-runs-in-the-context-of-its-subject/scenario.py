# rules: EXC-3, CONTEXT: the exception handler runs in the context of the task or handle that the report is about.
import asyncio
import contextvars

var = contextvars.ContextVar("var", default="unset")


class Boom(Exception):
    pass


def fail():
    raise Boom


async def child():
    var.set("set by child")


async def main():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda _, context: print(" ".join(sorted(context)), "|", var.get()))
    var.set("at schedule time")
    loop.call_soon(fail)
    var.set("later")
    await asyncio.sleep(0)
    task = asyncio.create_task(child())
    await task
    loop.call_exception_handler({"message": "about the child", "task": task})
    loop.call_exception_handler({"message": "about nothing"})


asyncio.run(main())
