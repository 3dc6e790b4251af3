# rules: RUN-1, RUN-8: run gives the value or the error of its main coroutine and closes its loop either way.
import asyncio


class Boom(Exception):
    pass


async def main(kind):
    loops.append(asyncio.get_running_loop())
    await asyncio.sleep(0)
    if kind == "fails":
        raise Boom("error")
    if kind == "cancelled":
        raise asyncio.CancelledError("own")
    return "value"


loops = []
for kind in ("returns", "fails", "cancelled"):
    try:
        print(kind, asyncio.run(main(kind)))
    except (Boom, asyncio.CancelledError) as e:
        print(kind, type(e).__name__, e)
print("closed", *(loop.is_closed() for loop in loops), "different", loops[0] is not loops[1])
