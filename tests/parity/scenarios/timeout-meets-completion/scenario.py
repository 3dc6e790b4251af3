# rules: TO-4, CAN-4: when the awaited value and the expiry meet in one iteration, the block ends with TimeoutError.
import asyncio


async def main():
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    loop.call_soon(future.set_result, "value")
    try:
        async with asyncio.timeout_at(loop.time() - 1):
            print("got", await future)
    except TimeoutError as e:
        print(type(e).__name__, "value lost:", future.result())
    print("requests", asyncio.current_task().cancelling())


asyncio.run(main())
