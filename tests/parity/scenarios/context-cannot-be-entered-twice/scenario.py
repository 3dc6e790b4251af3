# rules: CONTEXT: a context that is entered already cannot be entered again.
import asyncio
import contextvars

var = contextvars.ContextVar("var", default="unset")


async def child():
    print("child sees", var.get())
    context = asyncio.current_task().get_context()
    try:
        context.run(print, "not reached")
    except RuntimeError as e:
        print("entered again:", type(e).__name__)


async def main():
    context = contextvars.copy_context()
    context.run(var.set, "inside")
    await asyncio.create_task(child(), context=context)
    print("after the task:", context.run(var.get))
    try:
        context.run(lambda: context.run(var.get))
    except RuntimeError as e:
        print("nested:", type(e).__name__)
    print("main sees", var.get())


asyncio.run(main())
