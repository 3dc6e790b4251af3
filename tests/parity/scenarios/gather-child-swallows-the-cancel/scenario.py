# rules: GA-6: when every child swallows the cancel, gather still ends with CancelledError.
import asyncio


async def child(name):
    try:
        await asyncio.get_running_loop().create_future()
    except asyncio.CancelledError:
        print(name, "swallows")
    return name


async def main():
    for collect in (False, True):
        future = asyncio.gather(child("a"), child("b"), return_exceptions=collect)
        await asyncio.sleep(0)
        future.cancel()
        try:
            print("values", *await future)
        except asyncio.CancelledError as e:
            print("main", type(e).__name__, "collecting", collect)


asyncio.run(main())
