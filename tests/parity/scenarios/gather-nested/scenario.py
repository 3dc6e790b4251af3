# rules: GA-2, GA-3: gathers nest; the failure of an inner one fails the outer one, siblings run on.
import asyncio


class Boom(Exception):
    pass


async def child(name, turns=0, fails=False):
    for _ in range(turns):
        await asyncio.sleep(0)
    print(name)
    if fails:
        raise Boom(name)
    return name


async def main():
    print(await asyncio.gather(asyncio.gather(child(1), child(2, 2)), child(3)))
    rest = asyncio.create_task(child("sibling", 6))
    try:
        await asyncio.gather(asyncio.gather(child("inner", 1, True), rest), child("outer"))
    except Boom as e:
        print("main", type(e).__name__, e)
    await rest


asyncio.run(main())
