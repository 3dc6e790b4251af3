# rules: EVENT, CAN-4: a cancelled waiter leaves; one cancelled after set loses, and the others are woken all the same.
import asyncio


async def waiter(name, event):
    try:
        print(name, await event.wait())
    except asyncio.CancelledError:
        print(name, "cancelled")
        raise


async def main():
    event = asyncio.Event()
    tasks = [asyncio.create_task(waiter(name, event)) for name in "abc"]
    await asyncio.sleep(0)
    tasks[0].cancel()
    await asyncio.sleep(0)
    event.set()
    tasks[1].cancel()
    await asyncio.wait(tasks)
    print("set", event.is_set())


asyncio.run(main())
