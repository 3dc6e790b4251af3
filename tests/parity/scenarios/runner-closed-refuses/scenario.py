# rules: RUN-1, RUN-8: a closed runner refuses to run, closing it again does nothing, and an error does not close it.
import asyncio


class Boom(Exception):
    pass


async def fail():
    raise Boom("error")


async def value():
    return "value"


runner = asyncio.Runner()
try:
    runner.run(fail())
except Boom as e:
    print(type(e).__name__, e)
print("after an error:", runner.run(value()))
runner.close()
runner.close()
coroutine = value()
try:
    runner.run(coroutine)
except RuntimeError as e:
    print("closed:", type(e).__name__)
coroutine.close()
try:
    runner.get_loop()
except RuntimeError as e:
    print("closed:", type(e).__name__)
