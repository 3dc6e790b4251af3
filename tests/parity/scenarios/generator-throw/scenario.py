# rules: AG-3, AG-2: an error thrown in appears at the yield, where it may be handled; an unstarted generator ends with it.
import asyncio


class Boom(Exception):
    pass


class Bang(Exception):
    pass


async def numbers():
    n = 0
    while True:
        try:
            n += 1
            yield n
        except Boom as e:
            print("handled", e)
            await asyncio.sleep(0)


async def main():
    generator = numbers()
    print("got", await anext(generator))
    print("got", await generator.athrow(Boom("thrown in")))
    try:
        await generator.athrow(Bang())
    except Bang as e:
        print("not handled:", type(e).__name__)
    print("after:", await anext(generator, "nothing"))
    unstarted = numbers()
    try:
        await unstarted.athrow(Boom("unstarted"))
    except Boom as e:
        print(type(e).__name__, e)
    print("after:", await anext(unstarted, "nothing"))


asyncio.run(main())
