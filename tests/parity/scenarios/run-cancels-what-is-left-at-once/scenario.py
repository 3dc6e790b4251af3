# rules: RUN-6, RUN-7: all remaining tasks are cancelled together, also when the main coroutine failed.
import asyncio


class Boom(Exception):
    pass


async def background(name, turns):
    try:
        await asyncio.get_running_loop().create_future()
    except asyncio.CancelledError:
        log.append(name)
        for _ in range(turns):
            await asyncio.sleep(0)
        print(name, "cleaned up, cancelled by now:", *sorted(log))
        raise


async def main():
    kept.append(asyncio.create_task(background("slow", 5)))
    kept.append(asyncio.create_task(background("quick", 2)))
    await asyncio.sleep(0)
    raise Boom("main")


kept, log = [], []
try:
    asyncio.run(main())
except Boom as e:
    print("run", type(e).__name__, e)
print("cancelled", *(task.cancelled() for task in kept))
