# rules: AG-9, EXC-5: an error in the cleanup of a generator that the loop closes is reported, with the generator.
import asyncio


class Boom(Exception):
    pass


async def numbers():
    try:
        yield 1
    finally:
        raise Boom("in cleanup")


async def main():
    asyncio.get_running_loop().set_exception_handler(
        lambda _, context: print("handler", context["exception"], "|", " ".join(sorted(context)))
    )
    kept.append(numbers())
    print("got", await anext(kept[0]))
    return "value"


kept = []
print(asyncio.run(main()))
