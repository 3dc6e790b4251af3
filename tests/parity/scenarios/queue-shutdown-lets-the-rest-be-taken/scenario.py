# rules: after shutdown puts are refused at once, gets take what is left and are refused then.
import asyncio


def attempt(name, call):
    try:
        print(name, call())
    except (asyncio.QueueShutDown, asyncio.QueueEmpty) as e:
        print(name, type(e).__name__)


async def main():
    queue = asyncio.Queue()
    queue.put_nowait("one")
    queue.put_nowait("two")
    queue.shutdown()
    attempt("put_nowait:", lambda: queue.put_nowait("three"))
    try:
        await queue.put("three")
    except asyncio.QueueShutDown as e:
        print("put:", type(e).__name__)
    print("get:", await queue.get())
    attempt("get_nowait:", queue.get_nowait)
    attempt("get_nowait:", queue.get_nowait)
    try:
        await queue.get()
    except asyncio.QueueShutDown as e:
        print("get:", type(e).__name__)
    queue.task_done()
    queue.task_done()
    await queue.join()
    print("joined")


asyncio.run(main())
