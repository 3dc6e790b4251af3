# rules: Q-9: a priority queue gives the smallest item first, a stack the newest.
import asyncio


async def main():
    priority, stack = asyncio.PriorityQueue(), asyncio.LifoQueue()
    for item in (5, 1, 4, 2, 3):
        await priority.put(item)
        await stack.put(item)
    print("priority", *[await priority.get() for _ in range(5)])
    print("stack", *[await stack.get() for _ in range(5)])
    small = asyncio.PriorityQueue(1)
    small.put_nowait(9)
    try:
        small.put_nowait(1)
    except asyncio.QueueFull as e:
        print(type(e).__name__, "whatever the priority")


asyncio.run(main())
