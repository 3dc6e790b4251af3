# rules: RUN-6, EXC-5: a task that fails while run cancels it is reported to the exception handler.
import asyncio


class Boom(Exception):
    pass


async def background():
    try:
        await asyncio.get_running_loop().create_future()
    except asyncio.CancelledError:
        raise Boom("in cleanup")


async def stubborn():
    try:
        await asyncio.get_running_loop().create_future()
    except asyncio.CancelledError:
        print("stubborn swallows and ends")


async def main():
    asyncio.get_running_loop().set_exception_handler(
        lambda _, context: print("handler", context["exception"], "|", " ".join(sorted(context)))
    )
    kept.append(asyncio.create_task(background()))
    kept.append(asyncio.create_task(stubborn()))
    await asyncio.sleep(0)
    return "value"


kept = []
print(asyncio.run(main()))
