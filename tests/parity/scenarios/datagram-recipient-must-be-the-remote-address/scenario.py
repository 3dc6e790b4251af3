# rules: DG-1, DG-2: an address or a family is needed; with a remote address, that is the only recipient.
import asyncio


class Receiver(asyncio.DatagramProtocol):
    def __init__(self, received):
        self.received = received

    def datagram_received(self, data, address):
        self.received.put_nowait(data)


async def main():
    loop = asyncio.get_running_loop()
    try:
        await loop.create_datagram_endpoint(asyncio.DatagramProtocol)
    except ValueError as e:
        print(type(e).__name__)
    received = asyncio.Queue()
    server, _ = await loop.create_datagram_endpoint(lambda: Receiver(received), local_addr=("127.0.0.1", 0))
    address = server.get_extra_info("sockname")
    for broadcast in [False, True]:
        client, _ = await loop.create_datagram_endpoint(
            asyncio.DatagramProtocol, remote_addr=address, allow_broadcast=broadcast
        )
        print("peer", client.get_extra_info("peername") == address)
        client.sendto(b"to nobody named")
        client.sendto(b"to the peer", address)
        print((await received.get()).decode(), "|", (await received.get()).decode())
        try:
            client.sendto(b"to another", ("127.0.0.1", 9))
        except ValueError as e:
            print(type(e).__name__)
        client.close()
    server.close()


asyncio.run(main())
