# rules: CONTEXT, WF-1, WF-2: waitFor shares the caller's context with a coroutine, and not with a task it is given.
import asyncio
import contextvars

var = contextvars.ContextVar("var", default="unset")


async def child(name):
    var.set("set by " + name)
    await asyncio.sleep(0)


async def main():
    var.set("set by main")
    await asyncio.wait_for(asyncio.create_task(child("task")), 10)
    print("after a task:", var.get())
    await asyncio.wait_for(child("coroutine"), 10)
    print("after a coroutine:", var.get())
    async with asyncio.timeout(10):
        await child("block")
    print("after a block:", var.get())


asyncio.run(main())
