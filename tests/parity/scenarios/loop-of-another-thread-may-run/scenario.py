# rules: LOOP-11, LOOP-16: the running-loop slot belongs to the thread, so two threads run two loops.
import asyncio


async def inner():
    await asyncio.sleep(0)
    return asyncio.get_running_loop()


async def main():
    mine = asyncio.get_running_loop()
    theirs = await asyncio.to_thread(asyncio.run, inner())
    print("two loops:", mine is not theirs)
    print("mine running:", mine.is_running())
    print("theirs closed:", theirs.is_closed())
    print("still mine:", asyncio.get_running_loop() is mine)


asyncio.run(main())
