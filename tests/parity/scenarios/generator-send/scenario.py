# rules: AG-4: a value can be sent in at a yield, once the generator has begun.
import asyncio


async def echo():
    received = yield "ready"
    while received is not None:
        await asyncio.sleep(0)
        received = yield "echo " + received


async def main():
    generator = echo()
    try:
        await generator.asend("too early")
    except TypeError as e:
        print("too early:", type(e).__name__)
    print(await generator.asend(None))
    print(await generator.asend("one"))
    print(await generator.asend("two"))
    try:
        await anext(generator)
    except StopAsyncIteration as e:
        print(type(e).__name__)


asyncio.run(main())
