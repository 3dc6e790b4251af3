# rules: TG-5, TASK-5: an exit request in a child leaves the loop, and the group hands it on bare, after its children.
import asyncio


async def leave():
    raise SystemExit(7)


async def sibling():
    try:
        await asyncio.get_running_loop().create_future()
    finally:
        print("sibling ends")


async def main():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(sibling())
            group.create_task(leave())
    except BaseException as e:
        print("main", type(e).__name__)
        raise


loop = asyncio.new_event_loop()
task = loop.create_task(main())
try:
    loop.run_until_complete(task)
except SystemExit as e:
    print("run left with", type(e).__name__, e.code)
try:
    loop.run_until_complete(task)
except SystemExit as e:
    print("run left again with", type(e).__name__, e.code)
print("main task", type(task.exception()).__name__)
loop.close()
