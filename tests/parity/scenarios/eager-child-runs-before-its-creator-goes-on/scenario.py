# rules: EAG-1, EAG-6: an eager child runs up to its first wait inside createTask.
import asyncio


async def child(name):
    print(name, "begins")
    await asyncio.sleep(0)
    print(name, "ends")
    return name


async def main():
    loop = asyncio.get_running_loop()
    plain = asyncio.create_task(child("plain"))
    loop.set_task_factory(asyncio.eager_task_factory)
    eager = asyncio.create_task(child("eager"))
    print("created both")
    print(await plain, await eager)


asyncio.run(main())
