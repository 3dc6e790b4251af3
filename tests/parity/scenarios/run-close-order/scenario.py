# rules: RUN-6, AG-9, EXE-4: at its end run cancels what is left, then ends generators, then waits for executor jobs.
import asyncio
import threading


async def background():
    try:
        await asyncio.get_running_loop().create_future()
    finally:
        await asyncio.sleep(0)
        print("background task cleaned up")


async def numbers():
    try:
        yield 1
        yield 2
    finally:
        print("generator ended")
        gate.set()


def job():
    gate.wait(5)
    finished.append("executor job finished")


async def main():
    kept.append(asyncio.create_task(background()))
    generator = numbers()
    kept.append(generator)
    print("generator gave", await anext(generator))
    asyncio.get_running_loop().run_in_executor(None, job)
    await asyncio.sleep(0)
    print("main returns")


kept, finished, gate = [], [], threading.Event()
asyncio.run(main())
print(*finished)
print("run ended, task cancelled", kept[0].cancelled())
