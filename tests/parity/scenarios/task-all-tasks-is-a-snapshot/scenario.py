# rules: TASK-7: allTasks holds the unfinished tasks of the loop, as a snapshot.
import asyncio


def names(tasks):
    return " ".join(sorted(task.get_name() for task in tasks)) or "none"


async def child(gate):
    await gate.wait()


async def main():
    asyncio.current_task().set_name("main")
    gate = asyncio.Event()
    tasks = [asyncio.create_task(child(gate), name=name) for name in ("a", "b")]
    snapshot = asyncio.all_tasks()
    print("now:", names(snapshot))
    tasks[0].cancel()
    print("after the request:", names(asyncio.all_tasks()))
    await asyncio.sleep(0)
    print("after cancellation:", names(asyncio.all_tasks()))
    gate.set()
    await tasks[1]
    print("at the end:", names(asyncio.all_tasks()))
    print("snapshot:", names(snapshot))


asyncio.run(main())
