# rules: TR-2, TR-3: close() with nothing unsent announces the loss by call_soon, once, however often it is called.
import asyncio


class Client(asyncio.Protocol):
    def connection_lost(self, error):
        print("lost", error)


async def main():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(asyncio.Protocol, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    for end in ("close", "abort", "write and close"):
        transport, _ = await loop.create_connection(Client, "127.0.0.1", port)
        print(end)
        loop.call_soon(print, "before")
        if end == "abort":
            transport.abort()
        else:
            if end == "write and close":
                transport.write(b"bye")
            transport.close()
        transport.close()
        if end != "write and close":
            transport.abort()
        print("closing", transport.is_closing())
        loop.call_soon(print, "after")
        await asyncio.sleep(0)
        print("an iteration later")
    server.close()


asyncio.run(main())
