# rules: FUT-2, CONTEXT: a done-callback runs in the context of its registration, not of the completion.
import asyncio
import contextvars

var = contextvars.ContextVar("var", default="unset")


async def main():
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    var.set("first registration")
    future.add_done_callback(lambda f: print("one sees", var.get()))
    var.set("second registration")
    future.add_done_callback(lambda f: print("two sees", var.get()))
    own = contextvars.copy_context()
    own.run(var.set, "explicit")
    future.add_done_callback(lambda f: print("three sees", var.get()), context=own)
    var.set("completion")
    future.set_result(None)
    await asyncio.sleep(0)
    print("main sees", var.get())


asyncio.run(main())
