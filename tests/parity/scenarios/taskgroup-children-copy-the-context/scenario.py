# rules: CONTEXT, TG-13: each child of a group gets a copy of the context of its creation, or the one it is given.
import asyncio
import contextvars

var = contextvars.ContextVar("var", default="unset")


async def child(name):
    print(name, "sees", var.get())
    var.set("set by " + name)


async def main():
    var.set("one")
    given = contextvars.copy_context()
    async with asyncio.TaskGroup() as group:
        group.create_task(child("first"))
        var.set("two")
        group.create_task(child("second"))
        group.create_task(child("third"), context=given)
    print("main sees", var.get())
    print("given context:", given.run(var.get))


asyncio.run(main())
