# rules: EXC-4: an error of the exception handler itself does not leave the loop; an exit request does.
import asyncio


class Boom(Exception):
    pass


calls = []


def handler(loop, context):
    calls.append(type(context["exception"]).__name__)
    if len(calls) == 1:
        raise Boom("handler")
    raise SystemExit(4)


def fail():
    raise Boom("callback")


loop = asyncio.new_event_loop()
loop.set_exception_handler(handler)
loop.call_soon(fail)
loop.call_soon(print, "loop goes on")
loop.call_soon(loop.stop)
loop.run_forever()
loop.call_soon(fail)
try:
    loop.run_forever()
except SystemExit as e:
    print("left with SystemExit", e.code)
print("handler calls:", ", ".join(calls))
loop.close()
