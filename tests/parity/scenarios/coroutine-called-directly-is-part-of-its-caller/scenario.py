# rules: CO-1, TASK-3, TASK-6, CONTEXT: a coroutine called directly is the same task, step and context as its caller.
import asyncio
import contextvars

var = contextvars.ContextVar("var", default="unset")


async def leaf():
    var.set("set by leaf")
    return asyncio.current_task()


async def branch():
    return await leaf()


async def main():
    asyncio.get_running_loop().call_soon(print, "next iteration")
    print("same task", await branch() is asyncio.current_task())
    print("main sees", var.get())
    await asyncio.sleep(0)


asyncio.run(main())
