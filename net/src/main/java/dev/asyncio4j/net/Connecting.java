package dev.asyncio4j.net;

import dev.asyncio4j.EventLoop;
import dev.asyncio4j.ExceptionGroup;
import dev.asyncio4j.net.spi.ConnectRequest;
import dev.asyncio4j.net.spi.NetworkEngine;
import dev.asyncio4j.net.spi.TransportListener;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Connects to one of the addresses of a host, for streams and for protocols. */
final class Connecting {

    private Connecting() {}

    /** Returns the listener of the connection that came about; each attempt has one of its own. */
    static <L extends TransportListener> L connect(
            EventLoop loop, String host, int port, ConnectOptions options, Supplier<L> listeners) throws IOException {
        Ports.check(port, 1);
        var network = Networks.of(loop);
        var failures = new ArrayList<IOException>();
        for (var address : Networks.resolve(network, host)) {
            try {
                return attempt(network, new InetSocketAddress(address, port), options, listeners.get());
            } catch (IOException e) {
                failures.add(e);
            }
        }
        if (options.allErrors()) {
            throw new ExceptionGroup("cannot connect to " + host + ":" + port, List.copyOf(failures));
        }
        throw combined(failures);
    }

    /** Connects to a Unix domain socket. */
    static <L extends TransportListener> L connectUnix(EventLoop loop, Path path, ConnectOptions options, L listener)
            throws IOException {
        if (options.localAddress() != null) {
            throw new IllegalArgumentException(
                    "a Unix domain socket connects from nowhere, not from " + options.localAddress());
        }
        Networks.of(loop).connect(new ConnectRequest(UnixDomainSocketAddress.of(path)), listener);
        return listener;
    }

    private static <L extends TransportListener> L attempt(
            NetworkEngine network, InetSocketAddress address, ConnectOptions options, L listener) throws IOException {
        network.connect(new ConnectRequest(address, options.localAddress(), null), listener);
        return listener;
    }

    /** One error for several attempts (CN-2). */
    private static IOException combined(List<IOException> failures) {
        var first = failures.getFirst();
        var texts = failures.stream().map(Throwable::getMessage).distinct().toList();
        if (texts.size() == 1) {
            return first;
        }
        var text = texts.stream().collect(Collectors.joining("; ", "several attempts failed: ", ""));
        var all = failures.stream().allMatch(ConnectException.class::isInstance)
                ? new ConnectException(text)
                : new IOException(text);
        failures.forEach(all::addSuppressed);
        return all;
    }
}
