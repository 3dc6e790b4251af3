# rules: SV-1, SV-2: closing a server stops listening and nothing else; wait_closed waits for the server and its last connection.
import asyncio


class Echo(asyncio.Protocol):
    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        self.transport.write(data)


async def waiting(server, name):
    await server.wait_closed()
    print(name, "knows that it is closed")


async def main():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Echo, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    print("serving", server.is_serving(), len(server.sockets))
    early = asyncio.create_task(waiting(server, "early"))
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"one")
    print((await reader.readexactly(3)).decode())
    server.close()
    server.close()
    print("serving", server.is_serving(), len(server.sockets))
    late = asyncio.create_task(waiting(server, "late"))
    writer.write(b"two")
    print((await reader.readexactly(3)).decode())
    try:
        await asyncio.open_connection("127.0.0.1", port)
    except ConnectionRefusedError:
        print("no new connections")
    print("done", early.done(), late.done())
    writer.close()
    await early
    await late
    await server.wait_closed()
    print("closed")


asyncio.run(main())
