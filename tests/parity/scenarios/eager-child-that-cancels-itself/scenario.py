# rules: EAG-1, EAG-2, CAN-6, CAN-3: an eager child may cancel itself, before it returns or before its first wait.
import asyncio


async def child(waits):
    asyncio.current_task().cancel("self")
    if waits:
        try:
            await asyncio.sleep(0)
        except asyncio.CancelledError as e:
            print("child", type(e).__name__, *e.args)
            raise
    return "value"


async def main():
    asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)
    for waits in (False, True):
        task = asyncio.create_task(child(waits))
        print("created, done", task.done(), "requests", task.cancelling())
        await asyncio.wait([task])
        print("cancelled", task.cancelled())


asyncio.run(main())
