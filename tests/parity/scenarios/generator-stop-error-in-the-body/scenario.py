# rules: AG-5: the signal that ends an iteration, raised by the body itself, becomes an ordinary error.
import asyncio


async def numbers():
    yield 1
    raise StopAsyncIteration


async def main():
    generator = numbers()
    print("got", await anext(generator))
    try:
        await anext(generator)
    except RuntimeError as e:
        print(type(e).__name__)
    print("after:", await anext(generator, "nothing"))


asyncio.run(main())
