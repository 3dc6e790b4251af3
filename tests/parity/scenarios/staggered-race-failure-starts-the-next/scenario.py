# rules: STAGGERED: a failure starts the next attempt at once, without waiting for the delay.
import asyncio
from asyncio.staggered import staggered_race


class Boom(Exception):
    pass


async def attempt(name, fails):
    print(name, "starts")
    await asyncio.sleep(0)
    if fails:
        raise Boom(name)
    return name


async def main():
    result, index, errors = await staggered_race(
        [lambda: attempt("a", True), lambda: attempt("b", True), lambda: attempt("c", False)], 3600
    )
    print("winner", result, "index", index)
    for error in errors:
        print("error", error)


asyncio.run(main())
