# rules: AC-1: asCompleted gives results in the order of completion; the errors come at their turn.
import asyncio


class Boom(Exception):
    pass


async def child(name, turns, fails=False):
    for _ in range(turns):
        await asyncio.sleep(0)
    if fails:
        raise Boom(name)
    return name


async def main():
    for next_one in asyncio.as_completed([child("slow", 9), child("failing", 5, True), child("fast", 1)]):
        try:
            print("got", await next_one)
        except Boom as e:
            print("got", type(e).__name__, e)


asyncio.run(main())
