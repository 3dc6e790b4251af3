# rules: WA-3: waiting for the first error ends with it, and with the last member when there is none.
import asyncio


class Boom(Exception):
    pass


async def child(turns, fails):
    for _ in range(turns):
        await asyncio.sleep(0)
    if fails:
        raise Boom


def names(tasks):
    return " ".join(sorted(task.get_name() for task in tasks)) or "none"


async def main():
    for second_fails in (True, False):
        tasks = [
            asyncio.create_task(child(turns, fails), name=name)
            for name, turns, fails in (("a", 1, False), ("b", 3, second_fails), ("c", 9, False))
        ]
        done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
        print("done:", names(done), "| pending:", names(pending))
        await asyncio.wait(tasks)


asyncio.run(main())
