# rules: SP-2: made comes before all else, data before the loss of its pipe, and lost after the exit and every pipe.
import asyncio


class Child(asyncio.SubprocessProtocol):
    def __init__(self, lost):
        print("factory")
        self.lost = lost
        self.received = {1: b"", 2: b""}
        self.unordered = []

    def connection_made(self, transport):
        self.transport = transport
        print("made", transport.get_returncode(), transport.get_pipe_transport(3))

    def pipe_data_received(self, fd, data):
        self.received[fd] += data

    def pipe_connection_lost(self, fd, exc):
        if fd == 0:
            print("lost 0", exc)
        else:
            self.unordered.append("lost %d after %d" % (fd, len(self.received[fd])))

    def process_exited(self):
        self.unordered.append("exited %d" % self.transport.get_returncode())

    def connection_lost(self, exc):
        for line in sorted(self.unordered):
            print(line)
        print("lost", exc, self.transport.get_returncode())
        self.lost.set_result(None)


async def main():
    loop = asyncio.get_running_loop()
    lost = loop.create_future()
    transport, protocol = await loop.subprocess_shell(lambda: Child(lost), "tee /dev/stderr")
    print("started", transport.get_protocol() is protocol)
    stdin = transport.get_pipe_transport(0)
    print(stdin.can_write_eof(), stdin.is_closing())
    stdin.write(b"hello")
    stdin.write_eof()
    print(stdin.is_closing())
    await lost
    print(protocol.received[1].decode(), protocol.received[2].decode())


asyncio.run(main())
