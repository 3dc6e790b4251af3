# rules: CONTEXT, EXE-5: a coroutine handed over by another thread runs with the variables of that thread.
import asyncio
import contextvars
import threading

var = contextvars.ContextVar("var", default="unset")


async def work():
    seen = var.get()
    var.set("set by work")
    return seen


async def main():
    loop = asyncio.get_running_loop()
    done = asyncio.Event()

    def thread_body():
        var.set("set in the thread")
        print("work sees", asyncio.run_coroutine_threadsafe(work(), loop).result(5))
        print("thread sees", var.get())
        loop.call_soon_threadsafe(done.set)

    var.set("set by main")
    thread = threading.Thread(target=thread_body)
    thread.start()
    await done.wait()
    thread.join()
    print("main sees", var.get())


asyncio.run(main())
