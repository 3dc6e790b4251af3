# rules: TR-7: the marks of flow control, and the one that is left out.
import asyncio


async def main():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(asyncio.Protocol, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    transport, _ = await loop.create_connection(asyncio.Protocol, "127.0.0.1", port)
    print(*transport.get_write_buffer_limits())
    transport.set_write_buffer_limits(high=1000)
    print(*transport.get_write_buffer_limits())
    transport.set_write_buffer_limits(high=10, low=0)
    print(*transport.get_write_buffer_limits())
    for high, low in ((1, 2), (5, -1)):
        try:
            transport.set_write_buffer_limits(high=high, low=low)
        except ValueError:
            print("refused")
    print(*transport.get_write_buffer_limits(), transport.get_write_buffer_size())
    transport.close()
    server.close()


asyncio.run(main())
