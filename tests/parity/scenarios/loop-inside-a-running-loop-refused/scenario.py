# rules: LOOP-11, RUN-1: a running loop cannot be started again, nor another loop in the same thread.
import asyncio


async def main():
    loop = asyncio.get_running_loop()
    try:
        loop.run_until_complete(loop.create_future())
    except RuntimeError as e:
        print("same loop:", type(e).__name__)
    other = asyncio.new_event_loop()
    try:
        other.run_until_complete(other.create_future())
    except RuntimeError as e:
        print("other loop:", type(e).__name__)
    print("other running:", other.is_running())
    other.close()
    await asyncio.sleep(0)
    print("main unharmed:", asyncio.get_running_loop() is loop)


asyncio.run(main())
