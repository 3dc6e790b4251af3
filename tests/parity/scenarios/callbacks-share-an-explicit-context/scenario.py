# rules: LOOP-12, CONTEXT: callbacks given the same context run inside it and see each other's changes.
import asyncio
import contextvars

var = contextvars.ContextVar("var", default="unset")


def bump(name):
    print(name, "sees", var.get())
    var.set("set by " + name)


async def main():
    loop = asyncio.get_running_loop()
    shared = contextvars.copy_context()
    loop.call_soon(bump, "first", context=shared)
    loop.call_later(0, bump, "second", context=shared)
    handle = loop.call_soon(bump, "stranger")
    print("own copy:", handle.get_context() is not shared)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    print("in the shared context:", shared.run(var.get))
    print("main sees", var.get())


asyncio.run(main())
