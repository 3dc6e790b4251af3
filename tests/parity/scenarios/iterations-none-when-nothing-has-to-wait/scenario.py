# rules: TASK-3, LOCK-2, Q-3, SEM-1, TG-12, WF-1, EVENT: awaits that need not wait use no iteration of the loop.
import asyncio

ticks = 0


def tick(loop):
    global ticks
    ticks += 1
    loop.call_soon(tick, loop)


async def immediate():
    return None


async def main():
    loop = asyncio.get_running_loop()
    done = loop.create_future()
    done.set_result(None)
    lock, semaphore, event, queue = asyncio.Lock(), asyncio.Semaphore(1), asyncio.Event(), asyncio.Queue(1)
    event.set()
    loop.call_soon(tick, loop)
    await asyncio.sleep(0)
    before = ticks
    await done
    await immediate()
    await lock.acquire()
    await semaphore.acquire()
    await event.wait()
    await queue.put("item")
    await queue.get()
    await asyncio.wait_for(immediate(), 10)
    async with asyncio.TaskGroup():
        pass
    async with asyncio.timeout(10):
        await immediate()
    print("iterations:", ticks - before)


asyncio.run(main())
