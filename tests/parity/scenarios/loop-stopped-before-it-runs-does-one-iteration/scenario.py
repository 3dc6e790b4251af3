# rules: LOOP-5: stop before the run makes the run do exactly one iteration, and the flag does not stay.
import asyncio

loop = asyncio.new_event_loop()


def first():
    print("first")
    loop.call_soon(second)


def second():
    print("second")
    loop.call_soon(third)


def third():
    print("third stops")
    loop.stop()


loop.call_soon(first)
loop.stop()
loop.run_forever()
print("one iteration done")
loop.run_forever()
print("ran until stopped")
loop.close()
