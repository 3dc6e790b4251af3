# rules: TR-10, TR-13: eof_received that returns true keeps the connection for writing; write_eof refuses what comes after it.
import asyncio


class Server(asyncio.Protocol):
    def connection_made(self, transport):
        self.transport = transport
        self.parts = []

    def data_received(self, data):
        self.parts.append(data)

    def eof_received(self):
        print("server: end of stream")
        asyncio.get_running_loop().call_soon(self.answer)
        return True

    def answer(self):
        print("server: open", not self.transport.is_closing())
        self.transport.writelines([b"got ", b"".join(self.parts)])
        self.transport.close()

    def connection_lost(self, error):
        print("server: lost", error)


class Client(asyncio.Protocol):
    def __init__(self, lost):
        self.parts = []
        self.lost = lost

    def data_received(self, data):
        self.parts.append(data)

    def connection_lost(self, error):
        self.lost.set_result(error)


async def main():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Server, "127.0.0.1", 0)
    lost = loop.create_future()
    port = server.sockets[0].getsockname()[1]
    transport, client = await loop.create_connection(lambda: Client(lost), "127.0.0.1", port)
    print("can write eof", transport.can_write_eof())
    transport.write(b"question")
    transport.write_eof()
    transport.write_eof()
    try:
        transport.write(b"more")
    except RuntimeError:
        print("refused")
    await lost
    print("client:", b"".join(client.parts).decode())
    server.close()


asyncio.run(main())
