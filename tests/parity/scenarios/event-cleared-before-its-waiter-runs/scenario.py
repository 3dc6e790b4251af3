# rules: EVENT: a waiter woken by set returns true although the event was cleared before it ran.
import asyncio


async def waiter(name, event):
    print(name, await event.wait(), "set", event.is_set())


async def main():
    event = asyncio.Event()
    early = asyncio.create_task(waiter("early", event))
    await asyncio.sleep(0)
    late = asyncio.create_task(waiter("late", event))
    event.set()
    event.clear()
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    print("done", early.done(), late.done())
    event.set()
    await late


asyncio.run(main())
