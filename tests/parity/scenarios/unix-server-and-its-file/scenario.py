# rules: CN-9: a socket's file that lies there is replaced, and a server removes the file it made and no other.
import asyncio
import os
import tempfile


async def echo(reader, writer):
    writer.write(await reader.readline())
    writer.close()


async def ask(path):
    reader, writer = await asyncio.open_unix_connection(path)
    print("peer is the path", writer.get_extra_info("peername") == path)
    writer.write(b"hello\n")
    print((await reader.read()).decode().strip())
    writer.close()
    await writer.wait_closed()


async def main():
    folder = tempfile.mkdtemp()
    path = os.path.join(folder, "s")
    try:
        await asyncio.open_unix_connection(path)
    except FileNotFoundError:
        print("no file")

    first = await asyncio.start_unix_server(echo, path)
    await ask(path)
    second = await asyncio.start_unix_server(echo, path)
    first.close()
    print("after the first is closed", os.path.exists(path))
    await ask(path)
    second.close()
    print("after the second is closed", os.path.exists(path))

    left = await asyncio.start_unix_server(echo, path, cleanup_socket=False)
    left.close()
    print("without clean-up", os.path.exists(path))
    try:
        await asyncio.open_unix_connection(path)
    except ConnectionRefusedError:
        print("nobody listens")
    os.unlink(path)

    with open(path, "w") as file:
        file.write("precious")
    try:
        await asyncio.start_unix_server(echo, path)
    except OSError:
        print("in use")
    with open(path) as file:
        print(file.read())
    os.unlink(path)
    os.rmdir(folder)


asyncio.run(main())
