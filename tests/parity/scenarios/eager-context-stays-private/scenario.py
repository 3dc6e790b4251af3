# rules: EAG-8, CONTEXT: what an eager child sets is invisible to its creator, in the eager step and after.
import asyncio
import contextvars

var = contextvars.ContextVar("var", default="unset")


async def child():
    print("child sees", var.get())
    var.set("set by child")
    await asyncio.sleep(0)
    print("child still sees", var.get())


async def main():
    asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)
    var.set("set by main")
    task = asyncio.create_task(child())
    print("main sees", var.get())
    var.set("changed by main")
    await task
    print("main sees", var.get())


asyncio.run(main())
