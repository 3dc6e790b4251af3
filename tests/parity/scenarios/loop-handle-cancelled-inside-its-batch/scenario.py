# rules: LOOP-3, LOOP-15: a handle cancelled by an earlier callback of the same batch does nothing, the rest runs on.
import asyncio


async def main():
    loop = asyncio.get_running_loop()
    handles = {}

    def first():
        print("first cancels second")
        handles["second"].cancel()

    handles["first"] = loop.call_soon(first)
    handles["second"] = loop.call_soon(print, "second")
    handles["third"] = loop.call_soon(print, "third")
    print("cancelled before:", handles["second"].cancelled())
    await asyncio.sleep(0)
    print("cancelled after:", handles["second"].cancelled())
    handles["second"].cancel()
    handles["third"].cancel()
    print("cancel after the run:", handles["third"].cancelled())


asyncio.run(main())
