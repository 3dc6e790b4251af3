package dev.asyncio4j.net;

import dev.asyncio4j.EventLoop;
import dev.asyncio4j.net.spi.NetworkEngine;
import dev.asyncio4j.net.spi.PacketListener;
import dev.asyncio4j.net.spi.PacketRequest;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Opens sockets for datagrams, for protocols and for straight-line code: the addresses of {@link DatagramOptions} (DG-1). */
final class PacketOpener {
    private static final UnixDomainSocketAddress NO_PATH = UnixDomainSocketAddress.of("");

    private PacketOpener() {}

    /** Where one socket could be. */
    private record Pair(SocketAddress local, @Nullable SocketAddress remote) {}

    /** Returns the listener of the socket that came about; each attempt has one of its own. */
    static <L extends PacketListener> L open(
            EventLoop loop, DatagramOptions options, Function<@Nullable SocketAddress, L> listeners)
            throws IOException {
        var network = Networks.of(loop);
        @Nullable IOException first = null;
        for (var pair : pairs(network, options)) {
            removeStale(loop, pair.local());
            try {
                return attempt(network, pair, options, listeners.apply(pair.remote()));
            } catch (IOException e) {
                first = first == null ? e : first;
            }
        }
        throw Objects.requireNonNull(first);
    }

    private static <L extends PacketListener> L attempt(
            NetworkEngine network, Pair pair, DatagramOptions options, L listener) throws IOException {
        var peer = options.allowBroadcast() ? null : pair.remote();
        network.openPackets(
                new PacketRequest(pair.local(), peer, options.reusePort(), options.allowBroadcast()), listener);
        return listener;
    }

    /** A path at which an earlier socket was bound can be bound again only without its file (DG-5). */
    private static void removeStale(EventLoop loop, SocketAddress local) throws IOException {
        if (local instanceof UnixDomainSocketAddress unix && !unix.equals(NO_PATH)) {
            loop.runInExecutor(null, () -> removeSocket(unix.getPath())).await(IOException.class);
        }
    }

    private static boolean removeSocket(Path path) throws IOException {
        return Files.exists(path)
                && Files.readAttributes(path, BasicFileAttributes.class).isOther()
                && Files.deleteIfExists(path);
    }

    /* ---- addresses ---- */

    private static List<Pair> pairs(NetworkEngine network, DatagramOptions options) throws IOException {
        var local = options.localAddress();
        var remote = options.remoteAddress();
        if (local == null && remote == null && options.family() == null) {
            throw new IllegalArgumentException("a local address, a remote address or a family is needed");
        }
        if (local instanceof UnixDomainSocketAddress || remote instanceof UnixDomainSocketAddress) {
            return List.of(unixPair(local, remote));
        }
        var locals = local == null ? List.<InetSocketAddress>of() : resolved(network, local);
        var remotes = remote == null ? List.<InetSocketAddress>of() : resolved(network, remote);
        var pairs = new ArrayList<Pair>(2);
        for (var family : families(options.family())) {
            var from = local == null ? anywhere(family) : firstOf(family, locals);
            var to = firstOf(family, remotes);
            if (from != null && (remote == null || to != null)) {
                pairs.add(new Pair(from, to));
            }
        }
        if (pairs.isEmpty()) {
            throw new UnknownHostException("there are no addresses of the same family for " + options);
        }
        return pairs;
    }

    private static Pair unixPair(@Nullable SocketAddress local, @Nullable SocketAddress remote) {
        if ((local == null || local instanceof UnixDomainSocketAddress)
                && (remote == null || remote instanceof UnixDomainSocketAddress)) {
            return new Pair(local == null ? NO_PATH : local, remote);
        }
        throw new IllegalArgumentException(local + " and " + remote + " are not of the same family");
    }

    private static List<ProtocolFamily> families(@Nullable ProtocolFamily only) {
        return only != null ? List.of(only) : List.of(StandardProtocolFamily.INET, StandardProtocolFamily.INET6);
    }

    private static List<InetSocketAddress> resolved(NetworkEngine network, SocketAddress address) throws IOException {
        if (!(address instanceof InetSocketAddress inet)) {
            throw new IllegalArgumentException("no address for datagrams: " + address);
        }
        if (!inet.isUnresolved()) {
            return List.of(inet);
        }
        if (inet.getHostString().isEmpty()) {
            return List.of(
                    at(StandardProtocolFamily.INET, inet.getPort()), at(StandardProtocolFamily.INET6, inet.getPort()));
        }
        return Networks.resolve(network, inet.getHostString()).stream()
                .map(found -> new InetSocketAddress(found, inet.getPort()))
                .toList();
    }

    private static InetSocketAddress anywhere(ProtocolFamily family) {
        return at(family, 0);
    }

    private static InetSocketAddress at(ProtocolFamily family, int port) {
        var all = InetAddress.ofLiteral(family == StandardProtocolFamily.INET6 ? "::" : "0.0.0.0");
        return new InetSocketAddress(all, port);
    }

    private static @Nullable InetSocketAddress firstOf(ProtocolFamily family, List<InetSocketAddress> addresses) {
        for (var address : addresses) {
            if (address.getAddress() instanceof Inet6Address == (family == StandardProtocolFamily.INET6)) {
                return address;
            }
        }
        return null;
    }
}
