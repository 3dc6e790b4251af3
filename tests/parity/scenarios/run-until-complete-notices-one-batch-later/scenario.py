# rules: LOOP-10, FUT-2: completion is noticed by a done-callback, after the ones registered earlier on the same future.
import asyncio

loop = asyncio.new_event_loop()
future = loop.create_future()
future.add_done_callback(lambda f: print("earlier callback", f.result()))


def complete():
    future.set_result("value")
    print("completed")
    loop.call_soon(print, "same batch as the noticing")


loop.call_soon(complete)
print("returned", loop.run_until_complete(future))
print("callbacks left:", future.remove_done_callback(print))
loop.close()
