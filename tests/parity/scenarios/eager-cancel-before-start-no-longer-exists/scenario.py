# rules: EAG-6, CAN-5, CAN-7: cancelling right after creation finds an eager child at its first wait, its cleanup runs.
import asyncio


async def child():
    print("child begins")
    try:
        await asyncio.get_running_loop().create_future()
    finally:
        print("child cleans up")


async def main():
    asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)
    task = asyncio.create_task(child())
    task.cancel()
    print("cancel asked")
    await asyncio.wait([task])
    print("cancelled", task.cancelled())


asyncio.run(main())
