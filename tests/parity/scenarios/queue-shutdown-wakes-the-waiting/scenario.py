# rules: Q-6: shutdown wakes all waiting getters and putters, who are refused; join is not released.
import asyncio


async def getter(name, queue):
    try:
        print(name, "got", await queue.get())
    except asyncio.QueueShutDown as e:
        print(name, type(e).__name__)


async def putter(name, queue):
    try:
        await queue.put(name)
        print(name, "put")
    except asyncio.QueueShutDown as e:
        print(name, type(e).__name__)


async def main():
    empty, full = asyncio.Queue(), asyncio.Queue(1)
    full.put_nowait("item")
    tasks = [asyncio.create_task(getter(name, empty)) for name in ("getter one", "getter two")]
    tasks += [asyncio.create_task(putter(name, full)) for name in ("putter one", "putter two")]
    joining = asyncio.create_task(full.join())
    await asyncio.sleep(0)
    empty.shutdown()
    full.shutdown()
    await asyncio.wait(tasks)
    print("join over", joining.done(), "| left", full.get_nowait())
    full.task_done()
    await joining
    print("joined")


asyncio.run(main())
