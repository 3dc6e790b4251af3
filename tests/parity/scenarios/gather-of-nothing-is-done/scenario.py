# rules: GA-1: gather without arguments is a future that is done with an empty list.
import asyncio


async def main():
    future = asyncio.gather()
    await asyncio.sleep(0)
    print("done", future.done(), len(future.result()))
    asyncio.get_running_loop().call_soon(print, "next iteration")
    print(len(await future))
    await asyncio.sleep(0)


asyncio.run(main())
