# rules: TASK-1, CONTEXT: a task runs in a copy of its creator's context, or in the very context it is given.
import asyncio
import contextvars

var = contextvars.ContextVar("var", default="unset")


async def child(name):
    print(name, "sees", var.get())
    var.set("set by " + name)
    await asyncio.sleep(0)
    print(name, "still sees", var.get())


async def main():
    var.set("set by main")
    copied = asyncio.create_task(child("copied"))
    var.set("changed by main after creation")
    await copied
    print("main sees", var.get())
    shared = contextvars.copy_context()
    task = asyncio.create_task(child("shared"), context=shared)
    print("own context:", task.get_context() is shared)
    await task
    print("in the shared context:", shared.run(var.get))
    print("main sees", var.get())


asyncio.run(main())
