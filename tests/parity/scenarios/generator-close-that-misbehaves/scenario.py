# rules: AG-2: yielding again while being closed is an error; another error of the cleanup is passed on.
import asyncio


class Boom(Exception):
    pass


async def yields_again():
    try:
        yield 1
    finally:
        yield 2


async def fails():
    try:
        yield 1
    finally:
        raise Boom("in cleanup")


async def returns():
    try:
        yield 1
    except GeneratorExit:
        print("returns quietly")
        return


async def main():
    for make in (yields_again, fails, returns):
        generator = make()
        await anext(generator)
        try:
            await generator.aclose()
            print("closed")
        except (RuntimeError, Boom) as e:
            print(type(e).__name__)
        if make is not yields_again:
            print("over", await anext(generator, "over"))


asyncio.run(main())
