package dev.asyncio4j.net;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.net.spi.ByteTransport;
import dev.asyncio4j.net.spi.ConnectRequest;
import dev.asyncio4j.net.spi.ListenRequest;
import dev.asyncio4j.net.spi.ListeningSocket;
import dev.asyncio4j.net.spi.NetworkDriver;
import dev.asyncio4j.net.spi.NetworkEngine;
import dev.asyncio4j.net.spi.TransportListener;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A network of hosts that answer or fail after a given time, for programs in virtual time. Loop thread only. */
final class FakeNetwork implements NetworkDriver, NetworkEngine {

    private record Host(Duration after, @Nullable IOException failure) {}

    private final Map<String, List<InetAddress>> names = new HashMap<>();
    private final Map<String, Host> hosts = new HashMap<>();
    private final Set<String> unbindable = new LinkedHashSet<>();
    private final Set<FakeTransport> open = new LinkedHashSet<>();

    /** What happened, as "10 try ::1", the time in milliseconds. */
    final List<String> trail = new ArrayList<>();

    FakeNetwork name(String name, String... addresses) {
        names.put(name, List.of(addresses).stream().map(InetAddress::ofLiteral).toList());
        return this;
    }

    FakeNetwork answers(String address, int afterMillis) {
        hosts.put(address, new Host(Duration.ofMillis(afterMillis), null));
        return this;
    }

    FakeNetwork refuses(String address, int afterMillis) {
        hosts.put(
                address,
                new Host(Duration.ofMillis(afterMillis), new ConnectException(address + ": connection refused")));
        return this;
    }

    FakeNetwork cannotBind(String address) {
        unbindable.add(address);
        return this;
    }

    /** Returns the peers to which there is a connection. */
    List<String> connected() {
        return open.stream().map(transport -> shown(transport.remote)).toList();
    }

    private void note(String what) {
        trail.add(Asyncio.getRunningLoop().time().toMillis() + " " + what);
    }

    private static String shown(SocketAddress address) {
        return io.netty.util.NetUtil.toAddressString(((InetSocketAddress) address).getAddress());
    }

    @Override
    public List<InetAddress> resolve(String host) throws IOException {
        var found = names.get(host);
        if (found == null) {
            throw new UnknownHostException(host);
        }
        return found;
    }

    @Override
    public ByteTransport connect(ConnectRequest request, TransportListener listener) throws IOException {
        var to = shown(request.remote());
        var local = request.local();
        if (local != null && unbindable.contains(shown(local))) {
            note("cannot bind " + shown(local));
            throw new java.net.BindException("cannot bind " + shown(local));
        }
        note("try " + to + (local == null ? "" : " from " + shown(local)));
        var host = hosts.getOrDefault(to, new Host(Duration.ofDays(1), null));
        var done = false;
        try {
            Asyncio.sleep(host.after());
            done = true;
        } finally {
            if (!done) {
                note("drop " + to);
            }
        }
        if (host.failure() != null) {
            throw host.failure();
        }
        note("connected " + to);
        var transport = new FakeTransport(request.remote());
        open.add(transport);
        listener.onConnected(transport);
        return transport;
    }

    @Override
    public ListeningSocket listen(
            ListenRequest request, Supplier<? extends TransportListener> connections, Consumer<Throwable> failures) {
        throw new UnsupportedOperationException("this network has clients only");
    }

    @Override
    public NetworkEngine network() {
        return this;
    }

    @Override
    public void poll(long timeoutNanos) {
        if (timeoutNanos != 0) {
            LockSupport.parkNanos(this, timeoutNanos < 0 ? 1_000_000_000 : timeoutNanos);
        }
    }

    @Override
    public void wakeup() {} // nothing here waits for long

    @Override
    public void close() {}

    /** A connection that carries nothing. */
    private final class FakeTransport implements ByteTransport {
        private final SocketAddress remote;

        FakeTransport(SocketAddress remote) {
            this.remote = remote;
        }

        @Override
        public void setListener(TransportListener listener) {}

        @Override
        public void write(byte[] source, int offset, int length) {}

        @Override
        public void writeEof() {}

        @Override
        public boolean canWriteEof() {
            return true;
        }

        @Override
        public void close() {
            open.remove(this);
        }

        @Override
        public void abort(@Nullable Throwable cause) {
            open.remove(this);
        }

        @Override
        public void pauseReading() {}

        @Override
        public void resumeReading() {}

        @Override
        public boolean isReading() {
            return true;
        }

        @Override
        public void setWriteBufferLimits(int high, int low) {}

        @Override
        public int highWater() {
            return DEFAULT_HIGH_WATER;
        }

        @Override
        public int lowWater() {
            return DEFAULT_HIGH_WATER / 4;
        }

        @Override
        public long bufferedBytes() {
            return 0;
        }

        @Override
        public boolean isClosing() {
            return !open.contains(this);
        }

        @Override
        public SocketAddress remoteAddress() {
            return remote;
        }

        @Override
        public @Nullable SocketAddress localAddress() {
            return null;
        }
    }
}
