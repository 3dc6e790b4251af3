# rules: WA-3: a cancelled member is no error for the first-error mode.
import asyncio


async def child(gate):
    await gate.wait()


def names(tasks):
    return " ".join(sorted(task.get_name() for task in tasks)) or "none"


async def main():
    gate = asyncio.Event()
    tasks = [asyncio.create_task(child(gate), name=name) for name in ("a", "b")]
    waiting = asyncio.create_task(asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION))
    await asyncio.sleep(0)
    tasks[0].cancel()
    for _ in range(5):
        await asyncio.sleep(0)
    print("a cancelled", tasks[0].cancelled(), "wait over", waiting.done())
    gate.set()
    done, pending = await waiting
    print("done:", names(done), "| pending:", names(pending))


asyncio.run(main())
