# rules: Q-1: a queue without limit is never full; the non-waiting calls refuse when empty or full.
import asyncio


async def main():
    for limit in (2, 0, -1):
        queue = asyncio.Queue(limit)
        try:
            queue.get_nowait()
        except asyncio.QueueEmpty as e:
            print("limit", limit, type(e).__name__)
        for item in range(3):
            try:
                queue.put_nowait(item)
            except asyncio.QueueFull as e:
                print("limit", limit, type(e).__name__)
        print("size", queue.qsize(), "full", queue.full(), "empty", queue.empty(), "maxsize", queue.maxsize)
        print("first", queue.get_nowait())


asyncio.run(main())
