# rules: TR-1, TR-2, TR-10: made, then what is received, then the end of the stream, then lost; made before the creator goes on.
import asyncio


class Server(asyncio.Protocol):
    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        self.transport.write(data)
        self.transport.close()


class Client(asyncio.Protocol):
    def __init__(self, lost):
        print("factory")
        self.lost = lost

    def connection_made(self, transport):
        print("made", transport.is_closing())
        self.transport = transport

    def data_received(self, data):
        print("received", data.decode())

    def eof_received(self):
        print("end of stream", self.transport.is_closing())

    def connection_lost(self, error):
        print("lost", error, self.transport.is_closing())
        self.lost.set_result(None)


async def main():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Server, "127.0.0.1", 0)
    lost = loop.create_future()
    port = server.sockets[0].getsockname()[1]
    transport, protocol = await loop.create_connection(lambda: Client(lost), "127.0.0.1", port)
    print("connected", transport.get_protocol() is protocol)
    transport.write(b"hello")
    await lost
    server.close()
    await server.wait_closed()


asyncio.run(main())
