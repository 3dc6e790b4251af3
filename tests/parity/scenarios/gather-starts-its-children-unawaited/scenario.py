# rules: GA-1, GA-2: gather starts its children at once and keeps the order of its arguments.
import asyncio


async def child(name, turns):
    print(name, "starts")
    for _ in range(turns):
        await asyncio.sleep(0)
    print(name, "ends")
    return name


async def main():
    future = asyncio.gather(child("slow", 3), child("middle", 2), child("fast", 1))
    print("gathered")
    await asyncio.sleep(0)
    print("main, done", future.done())
    print(*await future)


asyncio.run(main())
