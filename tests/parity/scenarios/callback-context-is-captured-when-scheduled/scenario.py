# rules: LOOP-12, CONTEXT: each schedule call copies the context of that moment; changes stay private to the callback.
import asyncio
import contextvars

var = contextvars.ContextVar("var", default="unset")


def show_and_change(name):
    print(name, "sees", var.get())
    var.set("changed by " + name)


async def main():
    loop = asyncio.get_running_loop()
    loop.call_soon(show_and_change, "before set")
    var.set("one")
    loop.call_soon(show_and_change, "after one")
    loop.call_later(0, show_and_change, "timer after one")
    var.set("two")
    loop.call_soon_threadsafe(show_and_change, "after two")
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    print("main sees", var.get())


asyncio.run(main())
