# rules: CAN-14: awaiting a task one has cancelled looks the same as being cancelled; wait tells them apart.
import asyncio


async def child():
    await asyncio.get_running_loop().create_future()


async def closer(inner, way):
    inner.cancel()
    try:
        if way == "await":
            await inner
        else:
            await asyncio.wait([inner])
            print("wait returned, inner cancelled", inner.cancelled())
    except asyncio.CancelledError:
        print(way, "cancelled, requests", asyncio.current_task().cancelling())


async def main():
    for way, outside in (("await", False), ("await", True), ("wait", False), ("wait", True)):
        inner = asyncio.create_task(child())
        await asyncio.sleep(0)
        task = asyncio.create_task(closer(inner, way))
        await asyncio.sleep(0)
        if outside:
            task.cancel()
        await asyncio.wait([task, inner])
        print("---")


asyncio.run(main())
