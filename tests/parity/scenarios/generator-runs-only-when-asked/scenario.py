# rules: AG-1, AG-3: a generator runs from yield to yield as it is asked, and is over after its end.
import asyncio


async def numbers():
    print("begins")
    yield 1
    await asyncio.sleep(0)
    print("between")
    yield 2
    print("ends")


async def main():
    generator = numbers()
    print("made")
    print("got", await anext(generator))
    print("got", await anext(generator))
    for _ in range(2):
        try:
            await anext(generator)
        except StopAsyncIteration as e:
            print(type(e).__name__)
    async for _ in generator:
        print("nothing comes")
    print("default", await anext(generator, "none left"))


asyncio.run(main())
