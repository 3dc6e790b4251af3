# rules: TASK-6: the current task is set while a step runs, and absent in plain callbacks and outside.
import asyncio


def show(where):
    task = asyncio.current_task()
    print(where, task.get_name() if task else None)


async def direct():
    show("called directly:")


async def child():
    show("child:")
    await asyncio.sleep(0)
    show("child again:")


async def main():
    asyncio.current_task().set_name("main")
    loop = asyncio.get_running_loop()
    task = asyncio.create_task(child(), name="child")
    task.add_done_callback(lambda _: show("done-callback:"))
    loop.call_soon(show, "callback:")
    show("main:")
    await direct()
    await task
    await asyncio.sleep(0)
    show("main again:")


asyncio.run(main())
