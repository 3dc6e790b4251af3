# rules: RUN-5, RUN-4: the first interrupt cancels the main task, and run ends with KeyboardInterrupt after its cleanup.
import asyncio
import signal


async def main():
    try:
        signal.raise_signal(signal.SIGINT)
        await asyncio.get_running_loop().create_future()
    except asyncio.CancelledError as e:
        print("main", type(e).__name__, *e.args)
        raise
    finally:
        await asyncio.sleep(0)
        print("main cleaned up")


try:
    asyncio.run(main())
except KeyboardInterrupt as e:
    print("run", type(e).__name__)
