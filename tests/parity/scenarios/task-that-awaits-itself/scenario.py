# rules: TASK-4: awaiting itself is an error that is thrown at the await.
# differs: on purpose; a wait that can never end is refused at once, and not an iteration later.
import asyncio


async def main():
    me = asyncio.current_task()
    asyncio.get_running_loop().call_soon(print, "one iteration passes")
    try:
        await me
    except RuntimeError as e:
        print("main:", type(e).__name__)
    await asyncio.sleep(0)
    print("main goes on")


asyncio.run(main())
