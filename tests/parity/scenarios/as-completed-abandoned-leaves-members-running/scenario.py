# rules: AC-2, AC-1: leaving the iteration early cancels nobody; the same member given twice comes once.
import asyncio


async def child(name, turns):
    for _ in range(turns):
        await asyncio.sleep(0)
    print(name, "ends")
    return name


async def main():
    slow = asyncio.create_task(child("slow", 5))
    fast = asyncio.create_task(child("fast", 1))
    async for task in asyncio.as_completed([slow, fast]):
        print("got", task.result())
        break
    print("slow done", slow.done())
    await slow
    count = 0
    async for task in asyncio.as_completed([slow, slow, fast]):
        count += 1
    print("three given, got", count)


asyncio.run(main())
