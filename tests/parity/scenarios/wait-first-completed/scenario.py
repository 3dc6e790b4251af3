# rules: WA-4, WA-2: waiting for the first returns all that is done by then and leaves the rest alone.
import asyncio


async def child(gate):
    await gate.wait()


def names(tasks):
    return " ".join(sorted(task.get_name() for task in tasks)) or "none"


async def main():
    early, late = asyncio.Event(), asyncio.Event()
    tasks = [asyncio.create_task(child(gate), name=name) for name, gate in (("a", early), ("b", late), ("c", early))]
    asyncio.get_running_loop().call_soon(early.set)
    done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    print("done:", names(done), "| pending:", names(pending))
    late.set()
    done, pending = await asyncio.wait(pending)
    print("done:", names(done), "| pending:", names(pending))


asyncio.run(main())
