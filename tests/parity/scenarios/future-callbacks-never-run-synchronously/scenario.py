# rules: FUT-2: completion queues the callbacks in registration order; one added later is queued at once.
import asyncio


async def main():
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    future.add_done_callback(lambda f: print("one", f.result()))
    future.add_done_callback(lambda f: print("two", f.result()))
    loop.call_soon(print, "queued before completion")
    future.set_result("value")
    loop.call_soon(print, "queued after completion")
    future.add_done_callback(lambda f: print("added late", f.result()))
    print("set_result returned")
    await asyncio.sleep(0)
    print("main")
    future.add_done_callback(lambda f: print("added much later"))
    print("not yet")
    await asyncio.sleep(0)


asyncio.run(main())
