# rules: WF-1, CONTEXT: waitFor runs a coroutine in the calling task, and its context changes are visible there.
import asyncio
import contextvars

var = contextvars.ContextVar("var", default="unset")


async def child(caller):
    print("same task:", asyncio.current_task() is caller)
    var.set("set by child")
    await asyncio.sleep(0)
    return "value"


async def main():
    me = asyncio.current_task()
    print(await asyncio.wait_for(child(me), 10))
    print("main sees", var.get())
    print(await asyncio.wait_for(child(me), None))


asyncio.run(main())
