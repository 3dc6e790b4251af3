# rules: CAN-13, GA-6: the message of a cancel is kept through awaited tasks and gather.
import asyncio


async def leaf():
    try:
        await asyncio.get_running_loop().create_future()
    except asyncio.CancelledError as e:
        print("leaf", *e.args)
        raise


async def branch():
    await asyncio.gather(leaf(), leaf())


async def main():
    task = asyncio.create_task(branch())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    task.cancel("from main")
    try:
        await task
    except asyncio.CancelledError as e:
        print("main", *e.args)


asyncio.run(main())
