# rules: CAN-8, CAN-15: cleanup may await, and another cancel interrupts just that cleanup.
import asyncio


async def child():
    try:
        await asyncio.get_running_loop().create_future()
    finally:
        print("cleanup begins")
        try:
            await asyncio.get_running_loop().create_future()
            print("never reached")
        except asyncio.CancelledError as e:
            print("cleanup interrupted:", *e.args)
            await asyncio.sleep(0)
            print("and still ends")


async def main():
    task = asyncio.create_task(child())
    await asyncio.sleep(0)
    task.cancel("first")
    await asyncio.sleep(0)
    print("main: second cancel")
    task.cancel("second")
    try:
        await task
    except asyncio.CancelledError as e:
        print("main", *e.args)
    print("requests", task.cancelling())


asyncio.run(main())
