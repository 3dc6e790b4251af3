# rules: TASK-1: createTask runs nothing of the body; the first step is queued behind what is queued already.
import asyncio


async def child(name):
    print(name, "starts")


async def main():
    loop = asyncio.get_running_loop()
    loop.call_soon(print, "queued before")
    first = asyncio.create_task(child("first"))
    loop.call_soon(print, "queued between")
    second = asyncio.create_task(child("second"))
    print("created, done:", first.done(), second.done())
    await asyncio.sleep(0)
    print("main, done:", first.done(), second.done())


asyncio.run(main())
