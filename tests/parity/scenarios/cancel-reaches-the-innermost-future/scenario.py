# rules: CAN-2, CAN-13: cancelling the outermost of a chain cancels the innermost future and unwinds outward, message kept.
import asyncio


async def level(name, inner):
    try:
        await inner
    except asyncio.CancelledError as e:
        print(name, type(e).__name__, *e.args)
        raise


async def main():
    future = asyncio.get_running_loop().create_future()
    inner = asyncio.create_task(level("inner", future))
    middle = asyncio.create_task(level("middle", inner))
    outer = asyncio.create_task(level("outer", middle))
    await asyncio.sleep(0)
    outer.cancel("from the top")
    print("future cancelled at once:", future.cancelled())
    print("requests", inner.cancelling(), middle.cancelling(), outer.cancelling())
    await asyncio.wait([outer])
    print("cancelled", inner.cancelled(), middle.cancelled(), outer.cancelled())


asyncio.run(main())
