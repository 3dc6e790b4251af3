# rules: CONTEXT, GA-1: gathered coroutines get copies of the context, a coroutine called directly shares it.
import asyncio
import contextvars

var = contextvars.ContextVar("var", default="unset")


async def child(name):
    print(name, "sees", var.get())
    var.set("set by " + name)


async def main():
    var.set("set by main")
    await asyncio.gather(child("a"), child("b"))
    print("after gather:", var.get())
    await asyncio.shield(child("shielded"))
    print("after shield:", var.get())
    await child("direct")
    print("after a direct call:", var.get())


asyncio.run(main())
