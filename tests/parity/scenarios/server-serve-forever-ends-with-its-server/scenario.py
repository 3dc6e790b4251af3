# rules: SV-4, SV-5: serve_forever starts the server, has one caller, and ends when cancelled or when the server is closed.
import asyncio


class Echo(asyncio.Protocol):
    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        self.transport.write(data)


async def serve(server):
    try:
        await server.serve_forever()
    except asyncio.CancelledError:
        print("cancelled, serving", server.is_serving())
        raise


async def refused(server):
    try:
        await server.serve_forever()
    except RuntimeError:
        print("refused")


async def main():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Echo, "127.0.0.1", 0, start_serving=False)
    print("serving", server.is_serving())
    serving = asyncio.create_task(serve(server))
    await asyncio.sleep(0)
    print("serving", server.is_serving())
    await server.start_serving()
    await refused(server)
    reader, writer = await asyncio.open_connection("127.0.0.1", server.sockets[0].getsockname()[1])
    writer.write(b"one")
    print((await reader.readexactly(3)).decode())
    serving.cancel()
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    print("serving", server.is_serving(), serving.done())
    writer.write(b"two")
    print((await reader.readexactly(3)).decode())
    writer.close()
    try:
        await serving
    except asyncio.CancelledError:
        print("ended")
    await refused(server)

    other = await loop.create_server(Echo, "127.0.0.1", 0)
    serving = asyncio.create_task(serve(other))
    await asyncio.sleep(0)
    other.close()
    try:
        await serving
    except asyncio.CancelledError:
        print("ended by close")


asyncio.run(main())
