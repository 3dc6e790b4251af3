# rules: SLEEP, LOOP-7: sleep of zero or less gives the turn away once and returns its result.
import asyncio


async def child(name, delay):
    for n in range(2):
        print(name, n)
        print(name, await asyncio.sleep(delay, "slept"))


async def main():
    await asyncio.gather(child("a", 0), child("b", -1))


asyncio.run(main())
