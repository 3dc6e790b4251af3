# rules: FUT-1, FUT-4: a future is pending, then finished or cancelled, and never changes again.
import asyncio


def attempt(name, call):
    try:
        print(name, call())
    except (asyncio.InvalidStateError, asyncio.CancelledError) as e:
        print(name, type(e).__name__)


async def main():
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    attempt("pending result:", future.result)
    attempt("pending exception:", future.exception)
    future.set_result(1)
    attempt("finished result:", future.result)
    attempt("finished exception:", future.exception)
    attempt("set again:", lambda: future.set_result(2))
    attempt("fail again:", lambda: future.set_exception(ValueError()))
    print("cancel again:", future.cancel(), future.cancelled())
    gone = loop.create_future()
    print("cancel:", gone.cancel(), gone.done(), gone.cancelled())
    print("cancel twice:", gone.cancel())
    attempt("cancelled result:", gone.result)
    attempt("cancelled exception:", gone.exception)
    attempt("set cancelled:", lambda: gone.set_result(3))


asyncio.run(main())
