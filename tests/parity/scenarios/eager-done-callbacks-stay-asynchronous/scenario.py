# rules: EAG-5, FUT-2: a done-callback of a task that finished eagerly still waits for the next iteration.
import asyncio


async def child():
    print("child")
    return "value"


async def main():
    loop = asyncio.get_running_loop()
    loop.set_task_factory(asyncio.eager_task_factory)
    loop.call_soon(print, "queued before")
    task = asyncio.create_task(child())
    task.add_done_callback(lambda t: print("callback", t.result()))
    print("main")
    await asyncio.sleep(0)
    print("main again")


asyncio.run(main())
