# rules: TASK-9, FUT-4: a task's value comes from its body only, and asking for it too early is an error.
import asyncio


async def child():
    await asyncio.sleep(0)
    return "own value"


async def main():
    task = asyncio.create_task(child())
    for name, call in (
        ("set_result", lambda: task.set_result("foreign")),
        ("set_exception", lambda: task.set_exception(ValueError())),
        ("result", task.result),
        ("exception", task.exception),
    ):
        try:
            call()
        except (RuntimeError, asyncio.InvalidStateError) as e:
            print(name, type(e).__name__)
    print(await task)


asyncio.run(main())
