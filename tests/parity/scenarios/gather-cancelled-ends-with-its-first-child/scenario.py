# rules: GA-6, CAN-13: cancelling gather cancels every child; it ends when the first child has ended, others still clean up.
import asyncio


async def child(name, turns):
    try:
        await asyncio.get_running_loop().create_future()
    except asyncio.CancelledError as e:
        print(name, "cancelled", *e.args)
        for _ in range(turns):
            await asyncio.sleep(0)
        print(name, "cleaned up")
        raise


async def main():
    tasks = [asyncio.create_task(child("slow", 4)), asyncio.create_task(child("fast", 0))]
    future = asyncio.gather(*tasks)
    await asyncio.sleep(0)
    print("cancel", future.cancel("reason"), "done", future.done())
    try:
        await future
    except asyncio.CancelledError as e:
        print("main", type(e).__name__, *e.args)
    print("done", *(task.done() for task in tasks))
    await asyncio.wait(tasks)


asyncio.run(main())
