# rules: SLEEP, LOOP-14: sleepers wake by deadline; a cancelled sleeper leaves at once.
import asyncio


async def sleeper(name, delay):
    try:
        print(await asyncio.sleep(delay, name), "woke")
    except asyncio.CancelledError:
        print(name, "cancelled")
        raise


async def main():
    slow = asyncio.create_task(sleeper("an hour", 3600))
    tasks = [asyncio.create_task(sleeper(name, delay)) for name, delay in (("b", 0.015), ("a", 0.001), ("c", 0.03))]
    await asyncio.sleep(0)
    slow.cancel()
    await asyncio.wait([*tasks, slow])
    print("an hour was cancelled:", slow.cancelled())


asyncio.run(main())
