# rules: AG-7, AG-8, CAN-7: a cancel that meets the consumer between two items leaves the generator open.
import asyncio


async def numbers():
    try:
        for n in range(3):
            yield n
    finally:
        print("generator cleaned up")


async def consumer(generator):
    async for number in generator:
        print("got", number)
        await asyncio.get_running_loop().create_future()


async def main():
    generator = numbers()
    task = asyncio.create_task(consumer(generator))
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.wait([task])
    print("consumer cancelled", task.cancelled())
    print("still gives", await anext(generator))
    await generator.aclose()


asyncio.run(main())
