# rules: TASK-1, TASK-9: a task has the given name, or a counted one, and can be renamed.
import asyncio


async def child():
    return asyncio.current_task().get_name()


async def main():
    named = asyncio.create_task(child(), name="given")
    one, two = asyncio.create_task(child()), asyncio.create_task(child())
    print(named.get_name())
    numbers = [int(task.get_name().removeprefix("Task-")) for task in (one, two)]
    print("counted up:", numbers[1] - numbers[0])
    two.set_name("renamed")
    print("child sees", await two)
    named.set_name("renamed too")
    print("child sees", await named)
    await one


asyncio.run(main())
