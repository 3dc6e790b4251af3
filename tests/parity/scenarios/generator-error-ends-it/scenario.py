# rules: AG-7, AG-3: an error that leaves the body reaches the caller and finishes the generator.
import asyncio


class Boom(Exception):
    pass


async def numbers():
    yield 1
    await asyncio.sleep(0)
    raise Boom("body")


async def main():
    generator = numbers()
    try:
        async for number in generator:
            print("got", number)
    except Boom as e:
        print(type(e).__name__, e)
    print("after:", await anext(generator, "nothing"))


asyncio.run(main())
