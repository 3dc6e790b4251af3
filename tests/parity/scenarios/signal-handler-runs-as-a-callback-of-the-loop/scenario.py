# rules: SG-1, SG-2, SG-3: a callback of the loop, one for each signal; removing tells whether there was one.
import asyncio
import signal


async def main():
    loop = asyncio.get_running_loop()
    came = asyncio.Event()

    def handler(word):
        task = None
        try:
            task = asyncio.current_task()
        except RuntimeError:
            print("no loop")
        print(word, task)
        came.set()

    async def raised():
        signal.raise_signal(signal.SIGWINCH)
        await came.wait()
        came.clear()

    loop.add_signal_handler(signal.SIGWINCH, handler, "first")
    await raised()
    loop.add_signal_handler(signal.SIGWINCH, handler, "second")
    await raised()
    await raised()
    print(loop.remove_signal_handler(signal.SIGWINCH))
    print(loop.remove_signal_handler(signal.SIGWINCH))
    for number in [9999, signal.SIGKILL]:
        try:
            loop.add_signal_handler(number, handler, "never")
        except (ValueError, RuntimeError) as e:
            print(type(e).__name__)


asyncio.run(main())
