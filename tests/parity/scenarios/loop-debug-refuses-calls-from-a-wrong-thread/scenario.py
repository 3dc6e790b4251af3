# rules: FUT-10: in debug mode scheduling from another thread without the thread-safe call is refused.
import asyncio


def try_from_thread(name, call):
    try:
        call()
    except RuntimeError as e:
        print(name + ":", type(e).__name__)


async def main():
    loop = asyncio.get_running_loop()
    loop.slow_callback_duration = 100
    await asyncio.to_thread(try_from_thread, "call_soon", lambda: loop.call_soon(print))
    await asyncio.to_thread(try_from_thread, "call_later", lambda: loop.call_later(1, print))
    done = asyncio.Event()
    await asyncio.to_thread(loop.call_soon_threadsafe, done.set)
    await done.wait()
    print("thread-safe call: accepted")


asyncio.run(main(), debug=True)
