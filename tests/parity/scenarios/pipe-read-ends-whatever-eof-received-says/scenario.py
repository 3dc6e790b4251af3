# rules: PI-2: at the end of a pipe eof_received is called and then connection_lost, whatever the first returned.
import asyncio
import os


class Reader(asyncio.Protocol):
    def __init__(self):
        self.came = asyncio.get_running_loop().create_future()
        self.lost = asyncio.get_running_loop().create_future()

    def connection_made(self, transport):
        print("made", transport.is_closing())
        self.transport = transport

    def data_received(self, data):
        print("received", data.decode())
        self.came.set_result(None)

    def eof_received(self):
        print("end")
        return True

    def connection_lost(self, exc):
        print("lost", exc, self.transport.is_closing())
        self.lost.set_result(None)


async def main():
    loop = asyncio.get_running_loop()
    read, write = os.pipe()
    transport, protocol = await loop.connect_read_pipe(Reader, os.fdopen(read, "rb", 0))
    print("connected", transport.get_protocol() is protocol, transport.is_reading())
    os.write(write, b"hello")
    await protocol.came
    transport.pause_reading()
    print(transport.is_reading())
    transport.resume_reading()
    os.close(write)
    await protocol.lost


asyncio.run(main())
