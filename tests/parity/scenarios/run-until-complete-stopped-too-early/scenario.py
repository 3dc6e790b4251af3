# rules: LOOP-10: when the loop is stopped before the future is done the run call fails, and the future can be run again.
import asyncio

loop = asyncio.new_event_loop()
future = loop.create_future()
loop.call_soon(loop.stop)
try:
    loop.run_until_complete(future)
except RuntimeError as e:
    print("first run:", type(e).__name__)
print("done:", future.done())
loop.call_soon(future.set_result, "second time")
print("second run:", loop.run_until_complete(future))
loop.close()
