# rules: AG-2, AG-3, CAN-5: closing a generator that has not begun runs nothing of its body.
import asyncio


async def numbers():
    print("must not begin")
    try:
        yield 1
    finally:
        print("must not clean up")


async def main():
    generator = numbers()
    await generator.aclose()
    print("closed")
    count = 0
    async for _ in generator:
        count += 1
    print("items", count)


asyncio.run(main())
