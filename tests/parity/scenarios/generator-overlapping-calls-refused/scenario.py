# rules: AG-1: while one call waits inside the generator another one is refused.
import asyncio


async def numbers(gate):
    await gate.wait()
    yield 1
    yield 2


async def asker(generator):
    return await anext(generator)


async def main():
    gate = asyncio.Event()
    generator = numbers(gate)
    task = asyncio.create_task(asker(generator))
    await asyncio.sleep(0)
    for name, call in (
        ("anext", lambda: anext(generator)),
        ("asend", lambda: generator.asend(None)),
        ("aclose", lambda: generator.aclose()),
    ):
        try:
            await call()
        except RuntimeError as e:
            print(name, type(e).__name__)
    gate.set()
    print("first caller got", await task)
    print("now", await anext(generator))
    await generator.aclose()


asyncio.run(main())
