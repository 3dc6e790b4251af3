# rules: RUN-5, CAN-7: a main coroutine that swallows the interrupt's cancel returns its value, without KeyboardInterrupt.
import asyncio
import signal


async def main():
    try:
        signal.raise_signal(signal.SIGINT)
        await asyncio.get_running_loop().create_future()
    except asyncio.CancelledError:
        print("swallowed")
    await asyncio.sleep(0)
    return "value"


print("run returned", asyncio.run(main()))
