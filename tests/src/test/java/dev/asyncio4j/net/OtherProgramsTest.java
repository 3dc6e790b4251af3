package dev.asyncio4j.net;

import static dev.asyncio4j.net.Net.bytes;
import static dev.asyncio4j.net.Net.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.net.internal.NettyTransport;
import dev.asyncio4j.process.Subprocess;
import dev.asyncio4j.process.SubprocessOptions;
import dev.asyncio4j.process.Subprocesses;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Talks to programs that others have written: CPython's asyncio, curl and socat. Each is left out where it is missing. */
@Timeout(60)
class OtherProgramsTest {
    private static final String PYTHON_CLIENT = """
            import asyncio, sys

            async def main():
                kind, where = sys.argv[1:]
                if kind == "tcp":
                    reader, writer = await asyncio.open_connection("127.0.0.1", int(where))
                else:
                    reader, writer = await asyncio.open_unix_connection(where)
                sent = b"".join(b"line %d\\n" % i for i in range(200000))
                async def send():
                    writer.write(sent)
                    await writer.drain()
                    writer.write_eof()
                sending = asyncio.create_task(send())
                got = await reader.read()
                await sending
                writer.close()
                await writer.wait_closed()
                print("same" if got == sent else "different", len(got))

            asyncio.run(main())
            """;

    private static final String PYTHON_SERVER = """
            import asyncio, sys

            async def echo(reader, writer):
                while data := await reader.read(65536):
                    writer.write(data)
                    await writer.drain()
                writer.close()
                await writer.wait_closed()

            async def main():
                kind, where = sys.argv[1:]
                if kind == "tcp":
                    server = await asyncio.start_server(echo, "127.0.0.1", 0)
                    print(server.sockets[0].getsockname()[1], flush=True)
                else:
                    server = await asyncio.start_unix_server(echo, where)
                    print("ready", flush=True)
                await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
                server.close()

            asyncio.run(main())
            """;

    @TempDir
    Path folder;

    private static void needs(String program) {
        var found = Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
        assumeTrue(found, program + " is not installed");
    }

    private static void echo(Connection connection) throws IOException {
        for (var got = connection.reader().read(65_536);
                got.length > 0;
                got = connection.reader().read(65_536)) {
            connection.write(got);
        }
    }

    private static String output(String... command) throws IOException {
        try (var process = Subprocesses.createSubprocessExec(List.of(command), SubprocessOptions.PIPES)) {
            var output = process.communicate();
            assertThat(process.await()).as(output.stderrText()).isZero();
            return output.stdoutText();
        }
    }

    private String script(String program) throws IOException {
        return Files.writeString(folder.resolve("program.py"), program).toString();
    }

    /* ---- CPython ---- */

    @OverEpollAndNio
    void asyncioClient_ofOurServers_getsItsBytesBack(NettyTransport transport) throws IOException {
        needs("python3");
        Net.run(transport, () -> {
            var socket = folder.resolve("s");
            var program = script(PYTHON_CLIENT);
            try (var server = Streams.startServer(OtherProgramsTest::echo, Net.LOOPBACK, 0);
                    var local = Streams.startUnixServer(OtherProgramsTest::echo, socket)) {
                var port = String.valueOf(Net.port(server));
                assertThat(output("python3", program, "tcp", port)).startsWith("same ");
                assertThat(output("python3", program, "unix", socket.toString()))
                        .startsWith("same ");
                assertThat(local.isServing()).isTrue();
            }
        });
    }

    @OverEpollAndNio
    void asyncioServer_givesOurBytesBack(NettyTransport transport) throws IOException {
        needs("python3");
        Net.run(transport, () -> {
            var program = script(PYTHON_SERVER);
            var socket = folder.resolve("s");
            try (var server = start("python3", program, "tcp", "-")) {
                var port = Integer.parseInt(text(server.stdout().readLine()).strip());
                try (var connection = Streams.openConnection(Net.LOOPBACK, port)) {
                    assertThat(roundTrips(connection)).isTrue();
                }
            }
            try (var server = start("python3", program, "unix", socket.toString())) {
                assertThat(text(server.stdout().readLine())).isEqualTo("ready\n");
                try (var connection = Streams.openUnixConnection(socket)) {
                    assertThat(roundTrips(connection)).isTrue();
                }
            }
        });
    }

    private static Subprocess start(String... command) throws IOException {
        return Subprocesses.createSubprocessExec(List.of(command), SubprocessOptions.PIPES);
    }

    private static boolean roundTrips(Connection connection) throws IOException {
        var sent = bytes("a line of some length\n".repeat(100_000));
        var sending = Asyncio.createTask(() -> {
            connection.write(sent);
            connection.writer().writeEof();
            return null;
        });
        var got = connection.reader().read();
        sending.await();
        return Arrays.equals(got, sent);
    }

    private static Connection connectWhenItListens(Path socket) throws IOException {
        while (true) {
            try {
                return Streams.openUnixConnection(socket);
            } catch (FileNotFoundException | ConnectException e) {
                Net.turn();
            }
        }
    }

    /* ---- curl and socat ---- */

    @OverEpollAndNio
    void curl_overAUnixSocket_getsAPage(NettyTransport transport) throws IOException {
        needs("curl");
        Net.run(transport, () -> {
            var page = Files.writeString(folder.resolve("page"), "x".repeat(5_000_000));
            var socket = folder.resolve("s");
            ConnectionHandler http = client -> {
                client.reader().readUntil(bytes("\r\n\r\n"));
                try (var file = FileChannel.open(page)) {
                    client.writer()
                            .write(bytes("HTTP/1.1 200 OK\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
                                    .formatted(file.size())));
                    client.writer().sendfile(file);
                }
            };
            try (var server = Streams.startUnixServer(http, socket)) {
                assertThat(output("curl", "-sS", "--max-time", "30", "--unix-socket", socket.toString(), "http://x/"))
                        .hasSize(5_000_000);
                assertThat(server.isServing()).isTrue();
            }
        });
    }

    @OverEpollAndNio
    void socat_ofAUnixServer_halfClosesAndReadsToTheEnd(NettyTransport transport) throws IOException {
        needs("socat");
        Net.run(transport, () -> {
            var socket = folder.resolve("s");
            try (var server = Streams.startUnixServer(
                            client ->
                                    client.write(bytes("got " + client.reader().read().length + " bytes")),
                            socket);
                    var process = start("socat", "-t", "30", "-", "UNIX-CONNECT:" + socket)) {
                var output = process.communicate(new byte[1_000_000]);
                assertThat(output.stdoutText()).as(output.stderrText()).isEqualTo("got 1000000 bytes");
                assertThat(server.isServing()).isTrue();
            }
        });
    }

    @OverEpollAndNio
    void socat_thatListensAtAUnixSocket_isConnectedTo(NettyTransport transport) throws IOException {
        needs("socat");
        Net.run(transport, () -> {
            var socket = folder.resolve("s");
            try (var process = start("socat", "-t", "30", "UNIX-LISTEN:" + socket, "EXEC:cat")) {
                try (var connection = connectWhenItListens(socket)) {
                    assertThat(roundTrips(connection)).isTrue();
                }
                assertThat(process.await()).isZero();
            }
        });
    }
}
