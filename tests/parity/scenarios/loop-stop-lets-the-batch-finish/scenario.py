# rules: LOOP-5: stop only sets a flag; the batch ends, and what it queued waits for the next run.
import asyncio

loop = asyncio.new_event_loop()


def stopper():
    print("stop asked")
    loop.stop()
    print("still running:", loop.is_running())
    loop.call_soon(print, "queued by the last batch")


loop.call_soon(stopper)
loop.call_soon(print, "rest of the batch")
loop.run_forever()
print("run ended, running:", loop.is_running())
loop.call_soon(loop.stop)
loop.run_forever()
print("second run ended")
loop.close()
