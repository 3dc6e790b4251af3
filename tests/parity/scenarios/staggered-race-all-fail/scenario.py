# rules: STAGGERED: when every attempt fails there is no winner, and all errors are handed out.
import asyncio
from asyncio.staggered import staggered_race


class Boom(Exception):
    pass


async def attempt(name):
    await asyncio.sleep(0)
    raise Boom(name)


async def main():
    result, index, errors = await staggered_race([lambda: attempt("a"), lambda: attempt("b")], None)
    print("winner", result, "index", index)
    for error in errors:
        print(type(error).__name__, error)
    result, index, errors = await staggered_race([], None)
    print("no attempts:", result, index, len(errors))


asyncio.run(main())
