# rules: AC-2, WA-2: cancelling the consumer does not cancel the members.
import asyncio


async def child(gate):
    await gate.wait()
    return "unharmed"


async def consumer(task):
    try:
        async for done in asyncio.as_completed([task]):
            print("got", done.result())
    except asyncio.CancelledError:
        print("consumer cancelled")
        raise


async def main():
    gate = asyncio.Event()
    task = asyncio.create_task(child(gate))
    consuming = asyncio.create_task(consumer(task))
    await asyncio.sleep(0)
    consuming.cancel()
    await asyncio.wait([consuming])
    print("member done", task.done(), "requests", task.cancelling())
    gate.set()
    print(await task)


asyncio.run(main())
