# rules: SW-7: a handler that fails is reported and its connection closed; one that returns leaves its connection open.
import asyncio


async def main():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda loop, context: print("reported", context["exception"]))
    left = loop.create_future()

    async def handle(reader, writer):
        word = (await reader.readline()).decode().strip()
        print("asked to", word)
        if word == "fail":
            raise ValueError("on purpose")
        left.set_result(writer)

    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]

    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"fail\n")
    print("then", (await reader.read()).decode(), reader.at_eof())
    writer.close()
    await writer.wait_closed()

    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"return\n")
    other = await left
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    print("closing", other.is_closing())
    other.write(b"still open")
    other.close()
    print("then", (await reader.read()).decode())
    writer.close()
    await writer.wait_closed()
    server.close()
    await server.wait_closed()
    print("closed")


asyncio.run(main())
