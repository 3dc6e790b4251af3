# rules: TR-1: an error of connection_made is reported, and the connection stays and is used.
import asyncio


class Boom(Exception):
    pass


class Echo(asyncio.Protocol):
    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        self.transport.write(data)


class Client(asyncio.Protocol):
    def __init__(self, lost):
        self.lost = lost

    def connection_made(self, transport):
        self.transport = transport
        raise Boom("made")

    def data_received(self, data):
        print("received", data.decode())
        self.transport.close()

    def connection_lost(self, error):
        print("lost", error)
        self.lost.set_result(None)
        raise Boom("lost")


async def main():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda loop, context: print("reported", context["exception"]))
    server = await loop.create_server(Echo, "127.0.0.1", 0)
    lost = loop.create_future()
    port = server.sockets[0].getsockname()[1]
    transport, _ = await loop.create_connection(lambda: Client(lost), "127.0.0.1", port)
    print("connected")
    transport.write(b"hello")
    await lost
    await asyncio.sleep(0)
    server.close()


asyncio.run(main())
