# rules: LOOP-4: callSoon and its thread-safe sister share one queue, first in first out, and each handle runs once.
import asyncio


async def main():
    loop = asyncio.get_running_loop()
    for name in ("a", "b"):
        loop.call_soon(print, name)
    loop.call_soon_threadsafe(print, "c, thread-safe")
    loop.call_soon(print, "d")
    print("main scheduled four")
    await asyncio.sleep(0)
    print("main after one iteration")
    await asyncio.sleep(0)
    print("main after two iterations")


asyncio.run(main())
