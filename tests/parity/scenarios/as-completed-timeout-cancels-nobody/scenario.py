# rules: AC-2: when time is up the remaining turns raise TimeoutError; the members go on.
import asyncio


async def child(gate, name):
    await gate.wait()
    return name


async def main():
    early, late = asyncio.Event(), asyncio.Event()
    early.set()
    tasks = [asyncio.create_task(child(late, "late")), asyncio.create_task(child(early, "early"))]
    try:
        async for task in asyncio.as_completed(tasks, timeout=0.02):
            print("got", task.result())
    except TimeoutError as e:
        print(type(e).__name__, "late done", tasks[0].done(), "requests", tasks[0].cancelling())
    late.set()
    print(await tasks[0])


asyncio.run(main())
