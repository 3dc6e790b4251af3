# rules: EAG-5, GA-2: gather over children that all finished eagerly is done when it returns.
import asyncio


async def child(value, waits):
    if waits:
        await asyncio.sleep(0)
    return value


async def main():
    loop = asyncio.get_running_loop()
    loop.set_task_factory(asyncio.eager_task_factory)
    all_eager = asyncio.gather(child(1, False), child(2, False))
    print("all eager: done", all_eager.done(), all_eager.result())
    mixed = asyncio.gather(child(1, False), child(2, True))
    print("mixed: done", mixed.done())
    print(await mixed)


asyncio.run(main())
