# rules: CONTEXT, LOOP-12: a timer runs in the context of its call, and what it schedules in turn inherits from it.
import asyncio
import contextvars

var = contextvars.ContextVar("var", default="unset")


async def main():
    loop = asyncio.get_running_loop()
    done = loop.create_future()

    def first():
        print("first sees", var.get())
        var.set("set by first")
        loop.call_soon(second)
        var.set("set by first after scheduling")

    def second():
        print("second sees", var.get())
        asyncio.ensure_future(third())

    async def third():
        print("third sees", var.get())
        done.set_result(None)

    var.set("set by main")
    loop.call_later(0, first)
    var.set("changed by main")
    await done
    print("main sees", var.get())


asyncio.run(main())
