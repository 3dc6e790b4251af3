# rules: LOOP-7: a negative delay goes through the timers, so callbacks queued later by callSoon still run first.
import asyncio


async def main():
    loop = asyncio.get_running_loop()
    handle = loop.call_later(-1, print, "timer in the past")
    print("already due:", handle.when() < loop.time())
    loop.call_soon(print, "soon one")
    loop.call_soon(print, "soon two")
    await asyncio.sleep(0)
    print("main")
    await asyncio.sleep(0)
    print("main again")


asyncio.run(main())
