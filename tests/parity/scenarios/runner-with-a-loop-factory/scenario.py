# rules: RUN-2, LOOP-16: a factory gives the loop, once, when it is first needed.
import asyncio


def factory():
    print("factory called")
    return asyncio.new_event_loop()


async def main():
    return asyncio.get_running_loop()


with asyncio.Runner(loop_factory=factory) as runner:
    print("entered")
    loop = runner.get_loop()
    print("same", runner.run(main()) is loop, "debug", loop.get_debug())
print("closed", loop.is_closed())
print("debug asked:", asyncio.run(main(), debug=True).get_debug())
