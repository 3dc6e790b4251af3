# rules: EAG-2, TASK-6, TASK-7: during its eager step the child is current and counted; the creator is restored after it.
import asyncio


def show(where):
    names = " ".join(sorted(task.get_name() for task in asyncio.all_tasks()))
    print(where, "current", asyncio.current_task().get_name(), "| all", names)


async def child(depth):
    asyncio.current_task().set_name("child-" + str(depth))
    show("child " + str(depth))
    if depth > 0:
        await asyncio.create_task(child(depth - 1))
        show("child " + str(depth) + " again")


async def main():
    asyncio.current_task().set_name("main")
    asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)
    task = asyncio.create_task(child(2))
    show("main")
    await task


asyncio.run(main())
