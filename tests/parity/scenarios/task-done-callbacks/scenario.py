# rules: FUT-2, FUT-3, TASK-2: a task's done-callbacks run an iteration after its body ended, before later registered awaiters.
import asyncio


async def child():
    print("child ends")
    return "value"


async def main():
    loop = asyncio.get_running_loop()
    task = asyncio.create_task(child())
    task.add_done_callback(lambda t: print("callback", t.result()))
    removed = lambda t: print("removed")
    task.add_done_callback(removed)
    print("removed", task.remove_done_callback(removed))
    task.add_done_callback(lambda t: loop.call_soon(print, "queued by callback"))
    print("main", await task)
    await asyncio.sleep(0)
    print("main again")


asyncio.run(main())
