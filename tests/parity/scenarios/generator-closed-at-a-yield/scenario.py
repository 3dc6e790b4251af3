# rules: AG-2, AG-3, CO-1: closing a generator that rests at a yield runs its cleanup, which may await.
import asyncio


async def numbers():
    try:
        yield 1
        yield 2
    finally:
        print("cleanup begins")
        await asyncio.sleep(0)
        print("cleanup ends")


async def main():
    generator = numbers()
    print("got", await anext(generator))
    await generator.aclose()
    print("closed")
    try:
        await anext(generator)
    except StopAsyncIteration as e:
        print(type(e).__name__)
    await generator.aclose()
    print("closed again")


asyncio.run(main())
