# rules: LOOP-13: a handle made by the thread-safe call can be cancelled before its turn, also from inside a callback.
import asyncio


async def main():
    loop = asyncio.get_running_loop()
    handles = {}

    def cancel_all():
        print("cancelling myself and the next")
        handles["me"].cancel()
        handles["next"].cancel()

    handles["me"] = loop.call_soon_threadsafe(cancel_all)
    handles["next"] = loop.call_soon_threadsafe(print, "next")
    loop.call_soon_threadsafe(print, "last")
    await asyncio.sleep(0)
    print("cancelled:", handles["me"].cancelled(), handles["next"].cancelled())


asyncio.run(main())
