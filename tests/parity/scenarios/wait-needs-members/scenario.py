# rules: WA-1, WA-4: waiting for nothing is refused; the same member given twice counts once.
import asyncio


async def child():
    return "value"


async def main():
    try:
        await asyncio.wait([])
    except ValueError as e:
        print("nothing:", type(e).__name__)
    task = asyncio.create_task(child())
    done, pending = await asyncio.wait([task, task])
    print("done", len(done), "pending", len(pending))
    asyncio.get_running_loop().call_soon(print, "next iteration")
    await asyncio.wait([task])
    print("all done: no iteration used")
    await asyncio.sleep(0)


asyncio.run(main())
