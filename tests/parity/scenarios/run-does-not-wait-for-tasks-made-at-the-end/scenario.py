# rules: RUN-7: a task that is made while run cancels the rest is not waited for.
import asyncio


async def late():
    print("late begins")
    for n in range(1000):
        await asyncio.sleep(0)
    print("late must not end")


async def background():
    try:
        await asyncio.get_running_loop().create_future()
    finally:
        kept.append(asyncio.create_task(late()))
        await asyncio.sleep(0)
        print("background ends")


async def main():
    kept.append(asyncio.create_task(background()))
    await asyncio.sleep(0)


kept = []
asyncio.run(main())
print("run ended, background cancelled", kept[0].cancelled())
