# rules: GA-6, GA-5: cancelled with return_exceptions, gather waits for all children and still ends with CancelledError.
import asyncio


async def child(name, turns, swallow):
    try:
        await asyncio.get_running_loop().create_future()
    except asyncio.CancelledError:
        for _ in range(turns):
            await asyncio.sleep(0)
        print(name, "cleaned up")
        if not swallow:
            raise


async def main():
    tasks = [asyncio.create_task(child("slow", 4, True)), asyncio.create_task(child("fast", 0, False))]
    future = asyncio.gather(*tasks, return_exceptions=True)
    await asyncio.sleep(0)
    future.cancel()
    try:
        await future
    except asyncio.CancelledError as e:
        print("main", type(e).__name__)
    print("done", *(task.done() for task in tasks))
    print("cancelled", *(task.cancelled() for task in tasks))


asyncio.run(main())
