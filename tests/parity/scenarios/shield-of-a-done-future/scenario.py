# rules: SH-1: shielding a done future gives that very future.
import asyncio


async def main():
    future = asyncio.get_running_loop().create_future()
    outer = asyncio.shield(future)
    print("pending: same", outer is future)
    future.set_result("value")
    print("done: same", asyncio.shield(future) is future)
    print("outer done at once", outer.done())
    print(await outer)


asyncio.run(main())
