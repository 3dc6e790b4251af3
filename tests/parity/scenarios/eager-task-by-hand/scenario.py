# rules: EAG-1: one task alone can be started eagerly, with a name and a context.
import asyncio
import contextvars

var = contextvars.ContextVar("var", default="unset")


async def child():
    print(asyncio.current_task().get_name(), "sees", var.get())
    await asyncio.sleep(0)
    return "value"


async def main():
    loop = asyncio.get_running_loop()
    context = contextvars.copy_context()
    context.run(var.set, "set in the given context")
    task = asyncio.Task(child(), loop=loop, name="by-hand", context=context, eager_start=True)
    print("main, done", task.done())
    print(await task)


asyncio.run(main())
