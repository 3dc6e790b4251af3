# rules: FUT-3: removing takes all equal callbacks and tells how many; those already queued by completion still run.
import asyncio


def noted(future):
    print("noted")


def other(future):
    print("other")


async def main():
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    for callback in (noted, other, noted):
        future.add_done_callback(callback)
    print("removed", future.remove_done_callback(noted))
    print("removed", future.remove_done_callback(noted))
    future.add_done_callback(noted)
    future.set_result(None)
    print("removed after completion", future.remove_done_callback(noted))
    await asyncio.sleep(0)
    print("main")


asyncio.run(main())
