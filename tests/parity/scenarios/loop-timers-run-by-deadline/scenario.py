# rules: LOOP-1, LOOP-14: timers run in the order of their deadlines, whatever the order they were set in.
import asyncio


async def main():
    loop = asyncio.get_running_loop()
    start = loop.time()
    done = loop.create_future()
    late = loop.call_at(start + 0.009, done.set_result, None)
    early = loop.call_at(start + 0.001, print, "early")
    middle = loop.call_at(start + 0.005, print, "middle")
    never = loop.call_at(start + 0.003, print, "never")
    never.cancel()
    print("ordered:", early.when() < middle.when() < late.when())
    await done
    print("late")
    print("not before its deadline:", loop.time() >= late.when())


asyncio.run(main())
