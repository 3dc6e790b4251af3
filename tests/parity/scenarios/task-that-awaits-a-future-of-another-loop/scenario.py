# rules: TASK-4: awaiting a future that belongs to another loop is an error that is thrown at the await.
import asyncio


async def main():
    other = asyncio.new_event_loop()
    foreign = other.create_future()
    try:
        await foreign
    except RuntimeError as e:
        print("main:", type(e).__name__)
    print("foreign done:", foreign.done())
    foreign.set_result("done futures belong to everyone")
    print(await foreign)
    other.close()


asyncio.run(main())
