# rules: LOOP-1: when most of many timers are cancelled the rest still run, each once and in order.
import asyncio


async def main():
    loop = asyncio.get_running_loop()
    done = loop.create_future()
    doomed = [loop.call_later(3600 + n, print, "doomed") for n in range(150)]
    loop.call_later(0.02, print, "two")
    loop.call_later(0.001, print, "one")
    for handle in doomed:
        handle.cancel()
    loop.call_later(0.04, done.set_result, "three")
    print(await done)
    print("all cancelled:", all(handle.cancelled() for handle in doomed))


asyncio.run(main())
