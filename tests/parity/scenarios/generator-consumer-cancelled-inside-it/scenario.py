# rules: AG-7, CAN-2: a cancel that meets the consumer while it waits inside the generator runs through it and ends it.
import asyncio


async def numbers():
    try:
        yield 1
        await asyncio.get_running_loop().create_future()
        yield 2
    except asyncio.CancelledError:
        print("generator cancelled")
        raise
    finally:
        print("generator cleaned up")


async def consumer(generator):
    async for number in generator:
        print("got", number)


async def main():
    generator = numbers()
    task = asyncio.create_task(consumer(generator))
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.wait([task])
    print("consumer cancelled", task.cancelled())
    print("after:", await anext(generator, "nothing"))


asyncio.run(main())
