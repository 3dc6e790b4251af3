# rules: TO-1: a limit can only be moved while it is active.
import asyncio


def attempt(where, limit):
    try:
        limit.reschedule(None)
        print(where, "accepted")
    except RuntimeError as e:
        print(where, type(e).__name__)


async def main():
    async with asyncio.timeout(3600) as limit:
        attempt("active:", limit)
    attempt("finished:", limit)
    try:
        async with asyncio.timeout(0) as limit:
            try:
                await asyncio.get_running_loop().create_future()
            finally:
                attempt("expiring:", limit)
    except TimeoutError:
        attempt("expired:", limit)


asyncio.run(main())
