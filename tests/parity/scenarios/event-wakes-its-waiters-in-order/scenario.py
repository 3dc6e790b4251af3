# rules: EVENT: set wakes all waiters in order; wait on a set event does not wait.
import asyncio


async def waiter(name, event):
    print(name, await event.wait())


async def main():
    event = asyncio.Event()
    tasks = [asyncio.create_task(waiter(name, event)) for name in "abc"]
    await asyncio.sleep(0)
    print("set", event.is_set())
    event.set()
    event.set()
    print("set", event.is_set())
    asyncio.get_running_loop().call_soon(print, "queued after the waiters")
    print("main", await event.wait())
    await asyncio.wait(tasks)


asyncio.run(main())
