# rules: AG-11, AG-1: collecting, filtering and chaining generators follow the same rules.
import asyncio


async def numbers(limit):
    for n in range(limit):
        await asyncio.sleep(0)
        yield n


async def squares(source):
    async for n in source:
        yield n * n


async def main():
    print("list", *[n async for n in numbers(4)])
    print("even", *[n async for n in numbers(6) if n % 2 == 0])
    print("squares", *[n async for n in squares(numbers(4))])
    iterator = aiter(numbers(2))
    print("one by one", await anext(iterator), await anext(iterator), await anext(iterator, "none"))


asyncio.run(main())
