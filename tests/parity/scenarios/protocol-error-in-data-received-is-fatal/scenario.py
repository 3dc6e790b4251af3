# rules: TR-11, TR-3: an error of data_received is reported and breaks the connection off, which is lost with that error.
import asyncio


class Boom(Exception):
    pass


class Sender(asyncio.Protocol):
    def connection_made(self, transport):
        transport.write(b"x")


class Client(asyncio.Protocol):
    def __init__(self, lost):
        self.lost = lost

    def data_received(self, data):
        print("received", data.decode())
        raise Boom("bang")

    def connection_lost(self, error):
        print("lost", type(error).__name__, error)
        self.lost.set_result(None)


async def main():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda loop, context: print("reported", context["exception"]))
    server = await loop.create_server(Sender, "127.0.0.1", 0)
    lost = loop.create_future()
    port = server.sockets[0].getsockname()[1]
    await loop.create_connection(lambda: Client(lost), "127.0.0.1", port)
    await lost
    server.close()


asyncio.run(main())
