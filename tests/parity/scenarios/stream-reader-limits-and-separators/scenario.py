# rules: SR-3, SR-4, SR-5, SR-6, SR-7: what reads give at the end of the stream and above the limit, and which separator wins.
import asyncio


def fed(data, end=True, limit=8):
    reader = asyncio.StreamReader(limit=limit)
    reader.feed_data(data)
    if end:
        reader.feed_eof()
    return reader


def text(data):
    return data.decode().replace("\n", "|")


async def main():
    reader = fed(b"one\ntwo")
    print("lines", text(await reader.readline()), text(await reader.readline()), text(await reader.readline()))
    print("at the end", reader.at_eof(), text(await reader.read()), text(await reader.read(5)))

    reader = fed(b"0123456789\nab\n")
    try:
        await reader.readuntil(b"\n")
    except asyncio.LimitOverrunError as e:
        print("too long", e.consumed)
    print("kept", text(await reader.readexactly(11)))

    reader = fed(b"abc")
    try:
        await reader.readuntil(b";")
    except asyncio.IncompleteReadError as e:
        print("incomplete", text(e.partial), e.expected)
    print("nothing left", reader.at_eof())

    reader = fed(b"abc")
    try:
        await reader.readexactly(5)
    except asyncio.IncompleteReadError as e:
        print("incomplete", text(e.partial), e.expected)

    reader = fed(b"a--b-c", end=False)
    print("earliest end", text(await reader.readuntil((b"--b", b"-"))))
    print("then", text(await reader.readuntil((b"--b", b"-b"))))
    print("zero", text(await reader.read(0)), text(await reader.read(1)))
    for bad in ((), b""):
        try:
            await reader.readuntil(bad)
        except ValueError:
            print("no separator")
    try:
        await reader.readexactly(-1)
    except ValueError:
        print("negative")


asyncio.run(main())
