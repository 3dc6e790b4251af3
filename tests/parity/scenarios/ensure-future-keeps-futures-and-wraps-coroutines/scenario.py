# rules: ENSURE-FUTURE: a future or task is returned as it is, a coroutine becomes a task.
import asyncio


async def child():
    return "value"


async def main():
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    task = asyncio.create_task(child())
    print("future kept:", asyncio.ensure_future(future) is future)
    print("task kept:", asyncio.ensure_future(task) is task)
    made = asyncio.ensure_future(child())
    print("made a task:", isinstance(made, asyncio.Task), "done", made.done())
    print(await task, await made)
    other = asyncio.new_event_loop()
    foreign = other.create_future()
    try:
        asyncio.ensure_future(foreign, loop=loop)
    except ValueError as e:
        print("foreign future:", type(e).__name__)
    other.close()


asyncio.run(main())
