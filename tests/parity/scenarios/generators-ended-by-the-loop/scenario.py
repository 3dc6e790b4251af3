# rules: AG-9, AG-8: shutting generators down closes those that rest at a yield; finished and unstarted ones are left alone.
import asyncio


async def numbers(name):
    try:
        print(name, "begins")
        yield 1
        yield 2
    finally:
        await asyncio.sleep(0)
        print(name, "cleaned up")


async def main():
    resting, finished, unstarted = numbers("resting"), numbers("finished"), numbers("unstarted")
    await anext(resting)
    async for _ in finished:
        pass
    print("shutting down")
    await asyncio.get_running_loop().shutdown_asyncgens()
    print("shut down")
    print("resting:", await anext(resting, "nothing"))
    await unstarted.aclose()


asyncio.run(main())
