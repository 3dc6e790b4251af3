# rules: PI-2: a pipe that is written to has one direction: write_eof is close, and what is written after it is dropped.
import asyncio
import os


class Writer(asyncio.Protocol):
    def __init__(self):
        self.lost = asyncio.get_running_loop().create_future()

    def connection_made(self, transport):
        print("made", transport.can_write_eof())

    def eof_received(self):
        print("never")

    def connection_lost(self, exc):
        print("lost", exc)
        self.lost.set_result(None)


async def main():
    loop = asyncio.get_running_loop()
    for end in "write_eof", "close", "abort":
        read, write = os.pipe()
        transport, protocol = await loop.connect_write_pipe(Writer, os.fdopen(write, "wb", 0))
        print(end, transport.is_closing(), transport.get_write_buffer_size())
        if end == "write_eof":
            transport.write(b"hello")
            transport.write_eof()
        elif end == "close":
            transport.write(b"hello")
            transport.close()
        else:
            transport.abort()
        print(transport.is_closing())
        transport.write(b"dropped")
        await protocol.lost
        print(os.read(read, 100).decode() or "nothing")
        os.close(read)


asyncio.run(main())
