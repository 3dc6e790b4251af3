# rules: CONTEXT: a token takes a variable back to what it was; a token of another context is refused.
import asyncio
import contextvars

var = contextvars.ContextVar("var", default="unset")
bare = contextvars.ContextVar("bare")


async def foreign(token):
    try:
        var.reset(token)
    except ValueError as e:
        print("foreign token:", type(e).__name__)


async def main():
    token = var.set("one")
    inner = var.set("two")
    print(var.get())
    var.reset(inner)
    print(var.get())
    await asyncio.create_task(foreign(token))
    var.reset(token)
    print(var.get())
    try:
        var.reset(token)
    except RuntimeError as e:
        print("token used twice:", type(e).__name__)
    try:
        bare.get()
    except LookupError as e:
        print("never set: LookupError")
    print("given default:", bare.get("given"))


asyncio.run(main())
