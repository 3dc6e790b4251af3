# rules: GA-4: a cancelled child fails gather with CancelledError; the gathering future itself is not cancelled.
import asyncio


async def child(gate):
    await gate.wait()
    print("sibling runs on")


async def main():
    gate = asyncio.Event()
    tasks = [asyncio.create_task(child(gate)) for _ in range(2)]
    future = asyncio.gather(*tasks)
    await asyncio.sleep(0)
    tasks[0].cancel("only this one")
    try:
        await future
    except asyncio.CancelledError as e:
        print("main", type(e).__name__, *e.args)
    print("future cancelled", future.cancelled(), "done", future.done())
    print("exception", type(future.exception()).__name__)
    print("main requests", asyncio.current_task().cancelling(), "sibling done", tasks[1].done())
    gate.set()
    await tasks[1]


asyncio.run(main())
