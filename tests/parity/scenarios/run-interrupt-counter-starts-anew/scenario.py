# rules: RUN-5: each run of a runner counts its interrupts from zero.
import asyncio
import signal


async def interrupted():
    signal.raise_signal(signal.SIGINT)
    await asyncio.get_running_loop().create_future()


async def value():
    return "value"


with asyncio.Runner() as runner:
    for turn in range(2):
        try:
            runner.run(interrupted())
        except KeyboardInterrupt as e:
            print("run", turn, type(e).__name__)
    print("run 2", runner.run(value()))
