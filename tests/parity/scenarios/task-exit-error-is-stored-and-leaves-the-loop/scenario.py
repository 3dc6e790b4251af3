# rules: TASK-5, LOOP-10: an exit request in a task is stored in it and also leaves the run call.
import asyncio


async def leave():
    await asyncio.sleep(0)
    raise SystemExit(5)


async def main(task):
    try:
        await task
    except SystemExit as e:
        print("main gets", type(e).__name__, e.code)
        return "main survived"


loop = asyncio.new_event_loop()
task = loop.create_task(leave())
main_task = loop.create_task(main(task))
try:
    loop.run_until_complete(main_task)
except SystemExit as e:
    print("run left with", type(e).__name__, e.code)
print("task done:", task.done(), type(task.exception()).__name__)
print("main done:", main_task.done())
print(loop.run_until_complete(main_task))
loop.close()
