# rules: STAGGERED: the first coroutine to succeed wins, the others are cancelled.
import asyncio
from asyncio.staggered import staggered_race


async def attempt(name, seconds):
    print(name, "starts")
    try:
        if seconds is not None:
            await asyncio.sleep(seconds)
    except asyncio.CancelledError:
        print(name, "cancelled")
        raise
    return name


async def main():
    result, index, errors = await staggered_race(
        [lambda: attempt("slow", 3600), lambda: attempt("quick", None), lambda: attempt("never", None)], 0.02
    )
    print("winner", result, "index", index)
    print("errors", *(type(error).__name__ for error in errors))


asyncio.run(main())
