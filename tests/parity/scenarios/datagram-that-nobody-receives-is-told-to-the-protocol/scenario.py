# rules: DG-3: what the system objects to is told to the protocol, and the transport lives on.
import asyncio
import socket


class Client(asyncio.DatagramProtocol):
    def __init__(self, errors):
        self.errors = errors

    def error_received(self, error):
        print("error", isinstance(error, OSError))
        self.errors.put_nowait(error)

    def connection_lost(self, error):
        print("lost", error)


async def main():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as deaf:
        deaf.bind(("127.0.0.1", 0))
        address = deaf.getsockname()
    errors = asyncio.Queue()
    loop = asyncio.get_running_loop()
    transport, _ = await loop.create_datagram_endpoint(lambda: Client(errors), remote_addr=address)
    for _ in range(2):
        transport.sendto(b"hello?")
        await errors.get()
        print("lives", not transport.is_closing())
    transport.sendto(bytes(100_000))
    await errors.get()
    print("lives", not transport.is_closing())
    transport.abort()
    print("aborted", transport.is_closing())
    await asyncio.sleep(0.01)


asyncio.run(main())
