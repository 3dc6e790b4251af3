# rules: LOOP-9: close is refused while running, is idempotent, drops what is queued, and forbids later scheduling.
import asyncio

loop = asyncio.new_event_loop()


def close_inside():
    try:
        loop.close()
    except RuntimeError as e:
        print("close while running:", type(e).__name__)
    loop.call_soon(print, "dropped by close")
    loop.call_later(0, print, "dropped timer")
    loop.stop()


loop.call_soon(close_inside)
loop.run_forever()
print("closed:", loop.is_closed())
loop.close()
loop.close()
print("closed:", loop.is_closed())
for name, call in (
    ("call_soon", lambda: loop.call_soon(print)),
    ("call_later", lambda: loop.call_later(1, print)),
    ("call_soon_threadsafe", lambda: loop.call_soon_threadsafe(print)),
    ("run_forever", loop.run_forever),
):
    try:
        call()
    except RuntimeError as e:
        print(name, "after close:", type(e).__name__)
