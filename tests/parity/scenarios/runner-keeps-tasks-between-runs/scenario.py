# rules: RUN-2, RUN-6: a background task survives from one run to the next and is cancelled when the runner closes.
import asyncio


async def background():
    try:
        for n in range(1000):
            print("background", n)
            await gate.wait()
            gate.clear()
    finally:
        print("background ends")


async def start():
    tasks.append(asyncio.create_task(background()))
    await asyncio.sleep(0)
    print("first run ends")


async def go_on():
    gate.set()
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    print("second run ends")


gate, tasks = asyncio.Event(), []
with asyncio.Runner() as runner:
    runner.run(start())
    print("between the runs, done", tasks[0].done())
    runner.run(go_on())
print("closed, cancelled", tasks[0].cancelled())
