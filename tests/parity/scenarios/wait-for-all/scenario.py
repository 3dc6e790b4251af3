# rules: WA-2, WA-4: wait returns done and pending members, never raises for a member and keeps failed ones as they are.
import asyncio


class Boom(Exception):
    pass


async def child(kind):
    await asyncio.sleep(0)
    if kind == "fails":
        raise Boom("error")
    if kind == "cancelled":
        raise asyncio.CancelledError
    return kind


def names(tasks):
    return " ".join(sorted(task.get_name() for task in tasks)) or "none"


async def main():
    tasks = [asyncio.create_task(child(kind), name=kind) for kind in ("returns", "fails", "cancelled")]
    done, pending = await asyncio.wait(tasks)
    print("done:", names(done))
    print("pending:", len(pending))
    print("error kept:", tasks[1].exception())
    done, pending = await asyncio.wait(tasks)
    print("again:", names(done))


asyncio.run(main())
