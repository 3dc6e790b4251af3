# rules: AG-7, AG-8, AG-11: closing an outer generator does not close the one it iterates, unless it says so itself.
import asyncio
import contextlib


async def inner(name):
    try:
        for n in range(3):
            yield n
    finally:
        print(name, "inner cleaned up")


async def outer(source, closes):
    if closes:
        async with contextlib.aclosing(source):
            async for n in source:
                yield n * 10
    else:
        async for n in source:
            yield n * 10


async def main():
    for name, closes in (("open", False), ("closing", True)):
        source = inner(name)
        generator = outer(source, closes)
        print(name, "got", await anext(generator), await anext(generator))
        await generator.aclose()
        print(name, "outer closed, inner gives", await anext(source, "nothing"))
        await source.aclose()


asyncio.run(main())
