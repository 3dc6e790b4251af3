# rules: GA-3: the first failure in time ends gather; siblings run on and their errors are lost silently.
import asyncio


class Boom(Exception):
    pass


async def child(name, turns, fails):
    for _ in range(turns):
        await asyncio.sleep(0)
    print(name, "ends")
    if fails:
        raise Boom(name)


async def main():
    asyncio.get_running_loop().set_exception_handler(lambda _, context: print("reported"))
    tasks = [
        asyncio.create_task(child(name, turns, fails))
        for name, turns, fails in (("late failure", 3, True), ("first failure", 1, True), ("fine", 4, False))
    ]
    try:
        await asyncio.gather(*tasks)
    except Boom as e:
        print("main", type(e).__name__, e)
    print("done", *(task.done() for task in tasks))
    await asyncio.wait(tasks)
    print("cancelled", *(task.cancelled() for task in tasks))


asyncio.run(main())
