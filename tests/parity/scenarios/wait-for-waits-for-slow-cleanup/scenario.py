# rules: WF-3: the error of an expired waitFor comes only when the cleanup of the inner coroutine has ended.
import asyncio


async def child(gate):
    try:
        await asyncio.get_running_loop().create_future()
    finally:
        print("cleanup waits")
        asyncio.get_running_loop().call_soon(gate.set)
        await gate.wait()
        await asyncio.sleep(0.005)
        print("cleanup ends")


async def main():
    try:
        await asyncio.wait_for(child(asyncio.Event()), 0.002)
    except TimeoutError as e:
        print("main", type(e).__name__)


asyncio.run(main())
