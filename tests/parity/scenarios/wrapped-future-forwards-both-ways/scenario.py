# rules: EXE-6: a wrapped executor future forwards value and error, and cancellation in both directions.
import asyncio
import concurrent.futures


class Boom(Exception):
    pass


async def main():
    source = concurrent.futures.Future()
    wrapped = asyncio.wrap_future(source)
    source.set_result("value")
    print("done at once:", wrapped.done())
    print("later:", await wrapped)

    source = concurrent.futures.Future()
    wrapped = asyncio.wrap_future(source)
    source.set_exception(Boom("error"))
    try:
        await wrapped
    except Boom as e:
        print("later:", type(e).__name__, e)

    source = concurrent.futures.Future()
    wrapped = asyncio.wrap_future(source)
    wrapped.cancel()
    await asyncio.sleep(0)
    print("source cancelled:", source.cancelled())

    source = concurrent.futures.Future()
    wrapped = asyncio.wrap_future(source)
    source.cancel()
    try:
        await wrapped
    except asyncio.CancelledError:
        print("wrapped cancelled:", wrapped.cancelled())
    print("same object:", asyncio.wrap_future(wrapped) is wrapped)


asyncio.run(main())
