# rules: DG-2, DG-3, DG-4: made before the creator goes on; each datagram is one call; what was handed in is sent before closing.
import asyncio


class Echo(asyncio.DatagramProtocol):
    def connection_made(self, transport):
        self.transport = transport

    def datagram_received(self, data, address):
        self.transport.sendto(data.upper(), address)


class Client(asyncio.DatagramProtocol):
    def __init__(self, done):
        print("factory")
        self.done = done

    def connection_made(self, transport):
        print("made", transport.is_closing())
        self.transport = transport

    def datagram_received(self, data, address):
        print("received", data.decode(), address == self.transport.get_extra_info("peername"))
        if data == b"BYE":
            self.transport.close()
            print("closing", self.transport.is_closing())

    def connection_lost(self, error):
        print("lost", error)
        self.done.set_result(None)


async def main():
    loop = asyncio.get_running_loop()
    server, _ = await loop.create_datagram_endpoint(Echo, local_addr=("127.0.0.1", 0))
    done = loop.create_future()
    address = server.get_extra_info("sockname")
    transport, protocol = await loop.create_datagram_endpoint(lambda: Client(done), remote_addr=address)
    print("open", transport.get_protocol() is protocol)
    for word in ["hello", "again", "bye"]:
        transport.sendto(word.encode())
    print("buffered", transport.get_write_buffer_size() >= 0, transport.get_write_buffer_limits())
    await done
    server.close()


asyncio.run(main())
