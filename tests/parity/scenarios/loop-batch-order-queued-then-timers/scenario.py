# rules: LOOP-1, LOOP-2, LOOP-7: in one batch the callbacks already queued come before the timers that are due.
import asyncio


async def main():
    loop = asyncio.get_running_loop()

    def first():
        print("first")
        loop.call_soon(print, "queued by first: next batch")

    loop.call_later(0, print, "timer with no delay")
    loop.call_soon(first)
    loop.call_soon(print, "second")
    await asyncio.sleep(0)
    print("main, queued before the timer was collected")
    await asyncio.sleep(0)
    print("main again")


asyncio.run(main())
