# rules: WF-4: an inner coroutine that swallows the cancel and returns gives its value, without TimeoutError.
import asyncio


async def child():
    try:
        await asyncio.get_running_loop().create_future()
    except asyncio.CancelledError:
        print("swallowed")
    return "value after expiry"


async def main():
    print(await asyncio.wait_for(child(), 0.005))
    print("requests", asyncio.current_task().cancelling())
    await asyncio.sleep(0)
    print("main goes on")


asyncio.run(main())
