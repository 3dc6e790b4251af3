# rules: TO-7: another error that leaves the block at expiry is passed on as it is.
import asyncio


class Boom(Exception):
    pass


async def main():
    try:
        async with asyncio.timeout(0.003) as limit:
            try:
                await asyncio.get_running_loop().create_future()
            except asyncio.CancelledError:
                raise Boom("in place of the cancellation")
    except Boom as e:
        print(type(e).__name__, e, "| expired", limit.expired(), "requests", asyncio.current_task().cancelling())
    await asyncio.sleep(0)
    print("main goes on")


asyncio.run(main())
