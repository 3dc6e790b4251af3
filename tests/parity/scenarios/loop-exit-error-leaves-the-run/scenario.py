# rules: LOOP-8: an exit request in a callback leaves the run call, and the rest of that batch stays queued.
import asyncio

loop = asyncio.new_event_loop()
loop.set_exception_handler(lambda _, context: print("handler must stay silent"))


def leave():
    print("leaving")
    raise SystemExit(3)


loop.call_soon(print, "before")
loop.call_soon(leave)
loop.call_soon(print, "rest of the batch")
try:
    loop.run_forever()
except SystemExit as e:
    print("run left with SystemExit", e.code)
print("running:", loop.is_running())
loop.call_soon(loop.stop)
loop.run_forever()
loop.close()
