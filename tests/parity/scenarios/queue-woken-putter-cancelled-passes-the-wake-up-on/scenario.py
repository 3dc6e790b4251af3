# rules: Q-4, CAN-12, CAN-4: a putter cancelled after it was woken puts nothing and wakes the next.
import asyncio


async def putter(name, queue):
    try:
        await queue.put(name)
        print(name, "put")
    except asyncio.CancelledError:
        print(name, "cancelled")
        raise


async def main():
    queue = asyncio.Queue(1)
    queue.put_nowait("start")
    tasks = [asyncio.create_task(putter(name, queue)) for name in ("first", "second")]
    await asyncio.sleep(0)
    print("got", queue.get_nowait())
    tasks[0].cancel()
    await asyncio.wait(tasks)
    print("got", queue.get_nowait(), "empty", queue.empty())


asyncio.run(main())
