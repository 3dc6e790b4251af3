# rules: SP-5, SP-7: a signal that ends a process is its negative return code, and signals to one that has ended do nothing.
import asyncio
import signal


class Child(asyncio.SubprocessProtocol):
    def __init__(self):
        self.ended = asyncio.get_running_loop().create_future()

    def connection_made(self, transport):
        self.transport = transport

    def process_exited(self):
        print("exited", self.transport.get_returncode())
        self.transport.kill()
        self.transport.terminate()
        self.transport.send_signal(signal.SIGHUP)
        self.ended.set_result(None)


async def main():
    loop = asyncio.get_running_loop()
    for end in "kill", "terminate", "hang up":
        transport, protocol = await loop.subprocess_exec(Child, "sleep", "100", stdin=None, stdout=None, stderr=None)
        print(end, transport.get_returncode(), transport.get_pipe_transport(1))
        if end == "kill":
            transport.kill()
        elif end == "terminate":
            transport.terminate()
        else:
            transport.send_signal(signal.SIGHUP)
        await protocol.ended
        transport.close()


asyncio.run(main())
