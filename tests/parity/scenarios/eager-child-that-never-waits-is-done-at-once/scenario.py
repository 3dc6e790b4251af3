# rules: EAG-3, EAG-5: an eager child without a wait is done when createTask returns; awaiting it uses no iteration.
import asyncio


async def child():
    return "value"


async def main():
    loop = asyncio.get_running_loop()
    loop.set_task_factory(asyncio.eager_task_factory)
    task = asyncio.create_task(child())
    print("done", task.done(), task.result())
    print("among all tasks:", task in asyncio.all_tasks())
    print("body dropped:", task.get_coro() is None)
    loop.call_soon(print, "next iteration")
    print(await task)
    print("cancel", task.cancel())
    await asyncio.sleep(0)


asyncio.run(main())
