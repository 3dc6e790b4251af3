# rules: TR-9, TR-1: pausing and resuming are idempotent; nothing is delivered while paused, and nothing is lost.
import asyncio


class Sender(asyncio.Protocol):
    def connection_made(self, transport):
        transport.write(b"hello")
        transport.close()


class Client(asyncio.Protocol):
    def __init__(self, lost):
        self.lost = lost

    def connection_made(self, transport):
        transport.pause_reading()
        transport.pause_reading()
        print("reading", transport.is_reading())

    def data_received(self, data):
        print("received", data.decode())

    def eof_received(self):
        print("end of stream")

    def connection_lost(self, error):
        print("lost", error)
        self.lost.set_result(None)


async def main():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Sender, "127.0.0.1", 0)
    lost = loop.create_future()
    port = server.sockets[0].getsockname()[1]
    transport, _ = await loop.create_connection(lambda: Client(lost), "127.0.0.1", port)
    await asyncio.sleep(0.01)
    print("resume")
    transport.resume_reading()
    transport.resume_reading()
    print("reading", transport.is_reading())
    await lost
    print("reading", transport.is_reading())
    server.close()


asyncio.run(main())
