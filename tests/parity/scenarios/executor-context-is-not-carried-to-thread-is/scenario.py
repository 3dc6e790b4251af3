# rules: EXE-3, CONTEXT: runInExecutor carries no context variables, toThread a copy whose changes do not come back.
import asyncio
import contextvars

var = contextvars.ContextVar("var", default="unset")


def work():
    seen = var.get()
    var.set("set in the thread")
    return seen


async def main():
    loop = asyncio.get_running_loop()
    var.set("set by main")
    print("run_in_executor sees", await loop.run_in_executor(None, var.get))
    print("to_thread sees", await asyncio.to_thread(work))
    print("to_thread sees again", await asyncio.to_thread(work))
    print("main sees", var.get())


asyncio.run(main())
