# rules: TR-12: set_protocol changes who hears what comes next; a buffered protocol says where to put it.
import asyncio


class Echo(asyncio.Protocol):
    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        self.transport.write(data)


class Second(asyncio.BufferedProtocol):
    def __init__(self, first):
        self.first = first
        self.buffer = bytearray(4)

    def get_buffer(self, sizehint):
        print("buffer", sizehint)
        return self.buffer

    def buffer_updated(self, count):
        print("updated", bytes(self.buffer[:count]).decode())
        if count == 4:
            return
        self.first.transport.close()

    def connection_lost(self, error):
        print("second: lost", error)
        self.first.lost.set_result(None)


class First(asyncio.Protocol):
    def __init__(self, lost):
        self.lost = lost

    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        print("first:", data.decode())
        self.transport.set_protocol(Second(self))
        self.transport.write(b"second")


async def main():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Echo, "127.0.0.1", 0)
    lost = loop.create_future()
    port = server.sockets[0].getsockname()[1]
    transport, _ = await loop.create_connection(lambda: First(lost), "127.0.0.1", port)
    transport.write(b"one")
    await lost
    server.close()


asyncio.run(main())
