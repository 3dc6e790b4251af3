# rules: LOOP-13, LOOP-4: a call from another thread wakes the loop, and calls of one thread keep their order.
import asyncio
import threading


async def main():
    loop = asyncio.get_running_loop()
    woken = loop.create_future()
    seen = []

    def from_thread():
        for n in range(3):
            loop.call_soon_threadsafe(seen.append, n)
        loop.call_soon_threadsafe(woken.set_result, "woken")

    thread = threading.Thread(target=from_thread)
    loop.call_soon(thread.start)
    print(await woken)
    thread.join()
    print(seen)


asyncio.run(main())
