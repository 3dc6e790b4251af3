# rules: RUN-2, RUN-3, CONTEXT: all runs of a runner share one loop and one context, so variables persist between them.
import asyncio
import contextvars

var = contextvars.ContextVar("var", default="unset")


async def step(value):
    seen = var.get()
    var.set(value)
    return seen, asyncio.get_running_loop()


var.set("set outside")
with asyncio.Runner() as runner:
    first, loop_one = runner.run(step("set by first"))
    var.set("changed outside")
    second, loop_two = runner.run(step("set by second"))
    print("first sees", first)
    print("second sees", second)
    print("same loop", loop_one is loop_two, runner.get_loop() is loop_one)
    own = contextvars.copy_context()
    third, _ = runner.run(step("set by third"), context=own)
    print("third, with its own context, sees", third)
    fourth, _ = runner.run(step("set by fourth"))
    print("fourth sees", fourth)
print("outside", var.get(), "| closed", loop_one.is_closed())
