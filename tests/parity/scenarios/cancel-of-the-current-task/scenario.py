# rules: CAN-1, CAN-3, FUT-6: a task that cancels itself meets the error at its next await that really waits.
import asyncio


async def child(done):
    print("cancel", asyncio.current_task().cancel("self"))
    print("runs on")
    await done
    print("past an await that does not wait")
    try:
        await asyncio.sleep(0)
    except asyncio.CancelledError as e:
        print("child", type(e).__name__, *e.args)
    await asyncio.sleep(0)
    return "goes on"


async def main():
    done = asyncio.get_running_loop().create_future()
    done.set_result(None)
    print(await asyncio.create_task(child(done)))


asyncio.run(main())
