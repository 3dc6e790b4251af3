# rules: EAG-4, TASK-5: an exit request in the eager step leaves createTask.
import asyncio


async def child():
    raise SystemExit(6)


async def main():
    asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)
    try:
        asyncio.create_task(child())
        print("not reached")
    except SystemExit as e:
        print("creator gets", type(e).__name__, e.code)
    await asyncio.sleep(0)
    return "main goes on"


print(asyncio.run(main()))
