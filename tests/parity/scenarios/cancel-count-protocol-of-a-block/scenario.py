# rules: CAN-10: a block that cancels its own task pairs it with uncancel and swallows only if nobody else asked.
import asyncio


async def block(name):
    me = asyncio.current_task()
    entry = me.cancelling()
    asyncio.get_running_loop().call_soon(me.cancel)
    try:
        await asyncio.get_running_loop().create_future()
    except asyncio.CancelledError:
        if me.uncancel() > entry:
            print(name, "passes the cancel on")
            raise
        print(name, "swallows its own cancel")
    await asyncio.sleep(0)
    return "went on"


async def main():
    alone = asyncio.create_task(block("alone"))
    print(await alone, "requests", alone.cancelling())
    both = asyncio.create_task(block("both"))
    await asyncio.sleep(0)
    both.cancel("from outside")
    await asyncio.wait([both])
    print("cancelled", both.cancelled(), "requests", both.cancelling())


asyncio.run(main())
