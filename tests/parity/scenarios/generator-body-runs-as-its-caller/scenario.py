# rules: AG-10, CONTEXT, TASK-6: the body runs in the task and the context of whoever asks, and what it sets is seen there.
import asyncio
import contextvars

var = contextvars.ContextVar("var", default="unset")


async def numbers():
    for n in range(3):
        print("body in", asyncio.current_task().get_name(), "sees", var.get())
        var.set("set by body " + str(n))
        yield n


async def ask(generator):
    print(asyncio.current_task().get_name(), "got", await anext(generator), "sees", var.get())


async def main():
    asyncio.current_task().set_name("main")
    var.set("set by main")
    generator = numbers()
    await asyncio.create_task(ask(generator), name="one")
    await asyncio.create_task(ask(generator), name="two")
    print("main sees", var.get())
    await ask(generator)
    print("main sees", var.get())
    await generator.aclose()


asyncio.run(main())
