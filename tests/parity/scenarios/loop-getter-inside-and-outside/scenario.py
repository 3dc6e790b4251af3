# rules: LOOP-16: the running loop is found in coroutines and callbacks, and nowhere else.
import asyncio


def outside(where):
    try:
        asyncio.get_running_loop()
    except RuntimeError as e:
        print(where + ":", type(e).__name__)


async def main():
    loop = asyncio.get_running_loop()
    loop.call_soon(lambda: print("callback:", asyncio.get_running_loop() is loop))
    loop.call_later(0, lambda: print("timer:", asyncio.get_running_loop() is loop))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    await asyncio.to_thread(outside, "other thread")
    print("coroutine:", asyncio.get_running_loop() is loop)


outside("before")
asyncio.run(main())
outside("after")
