# rules: STAGGERED: without a delay an attempt starts only when the one before it has failed.
import asyncio
from asyncio.staggered import staggered_race


class Boom(Exception):
    pass


async def attempt(name, turns, fails):
    print(name, "starts")
    for _ in range(turns):
        await asyncio.sleep(0)
    print(name, "ends")
    if fails:
        raise Boom(name)
    return name


async def main():
    result, index, errors = await staggered_race(
        [lambda: attempt("a", 4, True), lambda: attempt("b", 2, False), lambda: attempt("c", 0, False)], None
    )
    print("winner", result, "index", index, "| errors", *(type(error).__name__ for error in errors))


asyncio.run(main())
