# rules: RUN-1, LOOP-11: run is refused where a loop is running, before it makes anything.
import asyncio


async def inner():
    print("must not run")


async def main():
    coroutine = inner()
    try:
        asyncio.run(coroutine)
    except RuntimeError as e:
        print("inner run:", type(e).__name__)
    coroutine.close()
    await asyncio.sleep(0)
    print("main goes on, tasks", len(asyncio.all_tasks()))


asyncio.run(main())
