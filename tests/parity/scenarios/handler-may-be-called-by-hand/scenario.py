# rules: EXC-1: the handler gets the map it is called with; it can be read back and taken away.
import asyncio


async def main():
    loop = asyncio.get_running_loop()
    print("at first:", loop.get_exception_handler())

    def handler(_, context):
        print("handler:", context["message"], "|", " ".join(sorted(context)))

    loop.set_exception_handler(handler)
    print("set:", loop.get_exception_handler() is handler)
    loop.call_exception_handler({"message": "by hand"})
    loop.call_exception_handler({"message": "with more", "future": loop.create_future()})
    loop.set_exception_handler(None)
    print("taken away:", loop.get_exception_handler())


asyncio.run(main())
