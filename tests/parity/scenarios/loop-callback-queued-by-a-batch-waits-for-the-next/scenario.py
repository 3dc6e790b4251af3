# rules: LOOP-3: what a running batch schedules waits for the next batch, so chains interleave fairly.
import asyncio


async def main():
    loop = asyncio.get_running_loop()

    def chain(name, left):
        print(name, left)
        if left > 0:
            loop.call_soon(chain, name, left - 1)

    loop.call_soon(chain, "a", 2)
    loop.call_soon(chain, "b", 2)
    for step in range(4):
        await asyncio.sleep(0)
        print("main", step)


asyncio.run(main())
