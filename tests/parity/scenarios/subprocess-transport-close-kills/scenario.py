# rules: SP-2, SP-7: close() closes the pipes and kills a process that runs; doing it twice is the same.
import asyncio


class Child(asyncio.SubprocessProtocol):
    def __init__(self):
        self.lost = asyncio.get_running_loop().create_future()
        self.unordered = []

    def connection_made(self, transport):
        self.transport = transport

    def pipe_connection_lost(self, fd, exc):
        self.unordered.append("lost %d %s" % (fd, exc))

    def process_exited(self):
        self.unordered.append("exited %d" % self.transport.get_returncode())

    def connection_lost(self, exc):
        print(*sorted(self.unordered), sep="\n")
        print("lost", exc)
        self.lost.set_result(None)


async def main():
    loop = asyncio.get_running_loop()
    transport, protocol = await loop.subprocess_exec(Child, "sleep", "100")
    print(transport.is_closing())
    transport.close()
    transport.close()
    print(transport.is_closing())
    await protocol.lost


asyncio.run(main())
