# rules: SH-3, RUN-6: at the end of run a shielded task is cancelled like every other.
import asyncio

kept = []


async def inner():
    try:
        await asyncio.get_running_loop().create_future()
    except asyncio.CancelledError:
        print("inner cancelled")
        raise


async def main():
    kept.append(asyncio.shield(inner()))
    await asyncio.sleep(0)
    print("main returns")


asyncio.run(main())
