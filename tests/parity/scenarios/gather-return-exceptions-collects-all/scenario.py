# rules: GA-5: with return_exceptions errors and cancellations become entries of the result.
import asyncio


class Boom(Exception):
    pass


async def child(kind):
    await asyncio.sleep(0)
    if kind == "fails":
        raise Boom("error")
    if kind == "cancelled":
        raise asyncio.CancelledError("message")
    return kind


async def main():
    results = await asyncio.gather(child("one"), child("fails"), child("cancelled"), child("two"), return_exceptions=True)
    for result in results:
        if isinstance(result, BaseException):
            print(type(result).__name__)
        else:
            print(result)


asyncio.run(main())
