# rules: CAN-6: a cancel that arrives during the step in which the body returns ends the task cancelled.
import asyncio


async def child():
    await asyncio.sleep(0)
    asyncio.current_task().cancel("self")
    print("child returns")
    return "value"


async def main():
    task = asyncio.create_task(child())
    try:
        print("main got", await task)
    except asyncio.CancelledError as e:
        print("main", type(e).__name__, *e.args)
    print("task cancelled", task.cancelled(), "requests", task.cancelling())


asyncio.run(main())
