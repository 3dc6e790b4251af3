# rules: RUN-5, CAN-8: when somebody else cancelled the main task too, run ends with CancelledError.
import asyncio
import signal


async def main():
    signal.raise_signal(signal.SIGINT)
    asyncio.current_task().cancel("somebody else")
    await asyncio.get_running_loop().create_future()


try:
    asyncio.run(main())
except (KeyboardInterrupt, asyncio.CancelledError) as e:
    print("run", type(e).__name__)
