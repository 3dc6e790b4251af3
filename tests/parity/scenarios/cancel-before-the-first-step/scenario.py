# rules: CAN-5: a task cancelled before it started runs no line of its body, cleanup included.
import asyncio


async def child():
    print("body")
    try:
        await asyncio.sleep(0)
    finally:
        print("cleanup")


async def main():
    task = asyncio.create_task(child())
    task.add_done_callback(lambda t: print("callback, cancelled", t.cancelled()))
    print("cancel", task.cancel("early"))
    print("done", task.done())
    try:
        await task
    except asyncio.CancelledError as e:
        print("main", type(e).__name__, *e.args)


asyncio.run(main())
