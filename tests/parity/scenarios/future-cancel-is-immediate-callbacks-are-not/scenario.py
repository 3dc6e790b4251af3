# rules: CAN-16, FUT-2, FUT-9: a future is cancelled at once, its callbacks and awaiters learn it an iteration later.
import asyncio


async def waiter(future):
    try:
        await future
    except asyncio.CancelledError as e:
        print("waiter", type(e).__name__, *e.args)
        raise


async def main():
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    future.add_done_callback(lambda f: print("callback", f.cancelled()))
    task = asyncio.create_task(waiter(future))
    await asyncio.sleep(0)
    print("cancel", future.cancel("reason"))
    print("future", future.cancelled(), "waiter", task.done())
    await asyncio.sleep(0)
    print("waiter cancelled", task.cancelled())
    for name, asked in (("future", future), ("task", task)):
        try:
            asked.result()
        except asyncio.CancelledError as e:
            print(name, type(e).__name__, *e.args)


asyncio.run(main())
