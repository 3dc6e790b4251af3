# rules: LOOP-3, LOOP-1: a callback that always reschedules itself does not keep a due timer from running.
import asyncio


async def main():
    loop = asyncio.get_running_loop()
    spins = 0
    fired = loop.create_future()

    def spin():
        nonlocal spins
        spins += 1
        if not fired.done():
            loop.call_soon(spin)

    loop.call_soon(spin)
    loop.call_later(0, fired.set_result, "fired")
    print(await fired)
    print("spins before the timer was seen:", spins)


asyncio.run(main())
