package dev.asyncio4j.tests.parity;

import static dev.asyncio4j.Asyncio.getRunningLoop;
import static dev.asyncio4j.Asyncio.sleep;
import static dev.asyncio4j.tests.parity.Loops.run;
import static dev.asyncio4j.tests.parity.Python.tuple;
import static dev.asyncio4j.tests.parity.Python.type;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.asyncio4j.Future;
import dev.asyncio4j.net.DatagramOptions;
import dev.asyncio4j.net.DatagramProtocol;
import dev.asyncio4j.net.DatagramTransport;
import dev.asyncio4j.net.Network;
import dev.asyncio4j.sync.Queue;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Twins of the {@code datagram-…} scenarios. */
final class DatagramTwins {
    private static final String HOST = "127.0.0.1";

    private DatagramTwins() {}

    private static SocketAddress address(DatagramTransport transport) {
        return (SocketAddress) transport.getExtraInfo("sockname").orElseThrow();
    }

    private static DatagramOptions local() {
        return DatagramOptions.DEFAULT.withLocalAddress(HOST, 0);
    }

    @Twin("datagram-callbacks-in-order")
    static void callbacksInOrder(Trace out) throws IOException {
        final class Echo implements DatagramProtocol {
            private DatagramTransport transport;

            @Override
            public void connectionMade(DatagramTransport made) {
                transport = made;
            }

            @Override
            public void datagramReceived(byte[] data, SocketAddress sender) {
                transport.sendTo(
                        new String(data, UTF_8).toUpperCase(Locale.ROOT).getBytes(UTF_8), sender);
            }
        }
        final class Client implements DatagramProtocol {
            private final Future<Void> done;
            private DatagramTransport transport;

            Client(Future<Void> done) {
                out.print("factory");
                this.done = done;
            }

            @Override
            public void connectionMade(DatagramTransport made) {
                out.print("made", made.isClosing());
                transport = made;
            }

            @Override
            public void datagramReceived(byte[] data, SocketAddress sender) {
                var peer = transport.getExtraInfo("peername").orElseThrow();
                out.print("received", new String(data, UTF_8), sender.equals(peer));
                if (new String(data, UTF_8).equals("BYE")) {
                    transport.close();
                    out.print("closing", transport.isClosing());
                }
            }

            @Override
            public void connectionLost(Throwable error) {
                out.print("lost", error);
                done.setResult(null);
            }
        }
        run(() -> {
            var server = Network.createDatagramEndpoint(Echo::new, local());
            Future<Void> done = getRunningLoop().createFuture();
            var options = DatagramOptions.DEFAULT.withRemoteAddress(address(server.transport()));
            var client = Network.createDatagramEndpoint(() -> new Client(done), options);
            var transport = client.transport();
            out.print("open", transport.getProtocol() == client.protocol());
            for (var word : List.of("hello", "again", "bye")) {
                transport.sendTo(word.getBytes(UTF_8));
            }
            var limits = transport.getWriteBufferLimits();
            out.print("buffered", transport.getWriteBufferSize() >= 0, tuple(limits.low(), limits.high()));
            done.await();
            server.transport().close();
        });
    }

    @Twin("datagram-that-nobody-receives-is-told-to-the-protocol")
    static void nobodyReceives(Trace out) throws IOException {
        record Client(Trace out, Queue<IOException> errors) implements DatagramProtocol {
            @Override
            public void errorReceived(IOException error) {
                out.print("error", error != null);
                errors.putNowait(error);
            }

            @Override
            public void connectionLost(Throwable error) {
                out.print("lost", error);
            }
        }
        InetSocketAddress address;
        try (var deaf = new DatagramSocket(new InetSocketAddress(HOST, 0))) {
            address = (InetSocketAddress) deaf.getLocalSocketAddress();
        }
        run(() -> {
            var errors = new Queue<IOException>();
            var options = DatagramOptions.DEFAULT.withRemoteAddress(address);
            var transport = Network.createDatagramEndpoint(() -> new Client(out, errors), options)
                    .transport();
            for (var i = 0; i < 2; i++) {
                transport.sendTo("hello?".getBytes(UTF_8));
                errors.get();
                out.print("lives", !transport.isClosing());
            }
            transport.sendTo(new byte[100_000]);
            errors.get();
            out.print("lives", !transport.isClosing());
            transport.abort();
            out.print("aborted", transport.isClosing());
            sleep(Duration.ofMillis(10));
        });
    }

    @Twin("datagram-recipient-must-be-the-remote-address")
    static void recipientMustBeTheRemote(Trace out) throws IOException {
        record Receiver(Queue<byte[]> received) implements DatagramProtocol {
            @Override
            public void datagramReceived(byte[] data, SocketAddress sender) {
                received.putNowait(data);
            }
        }
        final class Silent implements DatagramProtocol {}
        run(() -> {
            try {
                Network.createDatagramEndpoint(Silent::new, DatagramOptions.DEFAULT);
            } catch (IllegalArgumentException e) {
                out.print(type(e));
            }
            var received = new Queue<byte[]>();
            var server = Network.createDatagramEndpoint(() -> new Receiver(received), local())
                    .transport();
            var address = address(server);
            for (var broadcast : List.of(false, true)) {
                var options = DatagramOptions.DEFAULT.withRemoteAddress(address).withAllowBroadcast(broadcast);
                var client =
                        Network.createDatagramEndpoint(Silent::new, options).transport();
                out.print("peer", client.getExtraInfo("peername").equals(Optional.of(address)));
                client.sendTo("to nobody named".getBytes(UTF_8));
                client.sendTo("to the peer".getBytes(UTF_8), address);
                out.print(new String(received.get(), UTF_8), "|", new String(received.get(), UTF_8));
                try {
                    client.sendTo("to another".getBytes(UTF_8), new InetSocketAddress(HOST, 9));
                } catch (IllegalArgumentException e) {
                    out.print(type(e));
                }
                client.close();
            }
            server.close();
        });
    }
}
