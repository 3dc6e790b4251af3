# rules: EAG-1: with the loop not running an eager factory schedules as usual.
import asyncio


async def child():
    print("child runs")
    return "value"


loop = asyncio.new_event_loop()
loop.set_task_factory(asyncio.eager_task_factory)
task = loop.create_task(child())
print("created, done", task.done())
print(loop.run_until_complete(task))
print("factory:", loop.get_task_factory() is asyncio.eager_task_factory)
loop.close()
