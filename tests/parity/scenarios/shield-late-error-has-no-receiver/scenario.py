# rules: SH-2: an error of the shielded task after its waiter was cancelled goes to the exception handler.
# differs: 3.13 does not call the handler at that moment; from 3.14 it is called, once.
import asyncio


class Boom(Exception):
    pass


async def inner(gate):
    await gate.wait()
    raise Boom("late")


async def main():
    reports = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: reports.append(str(context["exception"])))
    gate = asyncio.Event()
    task = asyncio.create_task(inner(gate))
    outer = asyncio.shield(task)
    await asyncio.sleep(0)
    outer.cancel()
    gate.set()
    await asyncio.wait([task])
    await asyncio.sleep(0)
    print("outer cancelled", outer.cancelled(), "inner done", task.done())
    print("reported", len(reports), *reports)
    print("inner error", task.exception())


asyncio.run(main())
