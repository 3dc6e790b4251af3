# rules: AG-8, AG-11: leaving the loop over a generator does not close it; a closing block does.
import asyncio
import contextlib


async def numbers(name):
    try:
        for n in range(5):
            yield n
    finally:
        print(name, "cleaned up")


async def main():
    generator = numbers("open")
    async for number in generator:
        print("got", number)
        if number == 1:
            break
    print("left, not cleaned up")
    print("goes on with", [number async for number in generator])
    async with contextlib.aclosing(numbers("closing")) as generator:
        async for number in generator:
            print("got", number)
            break
        print("left")
    print("main ends")


asyncio.run(main())
