package dev.asyncio4j.net;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.Coroutine;
import dev.asyncio4j.EventLoop;
import dev.asyncio4j.ExceptionGroup;
import dev.asyncio4j.RaceResult;
import dev.asyncio4j.net.spi.ConnectRequest;
import dev.asyncio4j.net.spi.Layer;
import dev.asyncio4j.net.spi.NetworkEngine;
import dev.asyncio4j.net.spi.TransportListener;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Connects to one of the addresses of a host, for streams and for protocols. */
final class Connecting {

    private Connecting() {}

    /** Returns the listener of the connection that came about; each attempt has one of its own. */
    static <L extends Encryptable> L connect(
            EventLoop loop, String host, int port, ConnectOptions options, Supplier<L> listeners) throws IOException {
        Ports.check(port, 1);
        var network = Networks.of(loop);
        var layer = options.tls() == null ? null : options.tls().orHost(host).clientLayer(loop);
        var addresses = Interleaving.order(Networks.resolve(network, host), options.interleave());
        var locals = localAddresses(network, options.localAddress());
        var attempts = new ArrayList<Coroutine<L, IOException>>();
        for (var address : addresses) {
            var remote = new InetSocketAddress(address, port);
            attempts.add(() -> attempt(network, remote, locals, listeners.get()));
        }
        var delay = options.happyEyeballsDelay();
        var failures = new ArrayList<IOException>();
        var winner = delay == null ? oneByOne(attempts, failures) : race(attempts, delay, failures);
        if (winner != null) {
            return encrypted(winner, layer);
        }
        if (options.allErrors()) {
            throw new ExceptionGroup("cannot connect to " + host + ":" + port, List.copyOf(failures));
        }
        throw combined(failures);
    }

    /** Encrypts what has won: with who answers but does not please, no other address is tried. */
    private static <L extends Encryptable> L encrypted(L connected, @Nullable Layer layer) throws IOException {
        if (layer != null) {
            connected.startLayer(layer);
        }
        return connected;
    }

    private static <L> @Nullable L oneByOne(List<Coroutine<L, IOException>> attempts, List<IOException> failures) {
        for (var attempt : attempts) {
            try {
                return attempt.run();
            } catch (IOException e) {
                failures.add(e);
            }
        }
        return null;
    }

    /** Happy eyeballs (CN-4, CN-5). Who comes second is closed by being cancelled (CN-6). */
    private static <L> @Nullable L race(
            List<Coroutine<L, IOException>> attempts, Duration delay, List<IOException> failures) {
        RaceResult<L> race = Asyncio.staggeredRace(attempts, delay);
        if (race.won()) {
            return race.result();
        }
        for (var failure : race.exceptions()) {
            switch (failure) {
                case IOException ordinary -> failures.add(ordinary);
                case RuntimeException mistake -> throw mistake;
                case Error error -> throw error;
                case null, default -> throw new IllegalStateException("an attempt neither won nor failed", failure);
            }
        }
        return null;
    }

    /** Returns where to connect from, or nothing if that does not matter. */
    private static List<InetSocketAddress> localAddresses(NetworkEngine network, @Nullable InetSocketAddress local)
            throws IOException {
        if (local == null || !local.isUnresolved()) {
            return local == null ? List.of() : List.of(local);
        }
        return Networks.resolve(network, local.getHostString()).stream()
                .map(address -> new InetSocketAddress(address, local.getPort()))
                .toList();
    }

    /** Connects to a Unix domain socket. */
    static <L extends Encryptable> L connectUnix(EventLoop loop, Path path, ConnectOptions options, L listener)
            throws IOException {
        if (options.localAddress() != null || options.happyEyeballsDelay() != null) {
            throw new IllegalArgumentException(
                    "localAddress and happyEyeballs are of internet addresses only: " + options);
        }
        var layer = options.tls() == null ? null : options.tls().clientLayer(loop);
        Networks.of(loop).connect(new ConnectRequest(UnixDomainSocketAddress.of(path)), listener);
        return encrypted(listener, layer);
    }

    private static <L extends TransportListener> L attempt(
            NetworkEngine network, InetSocketAddress remote, List<InetSocketAddress> locals, L listener)
            throws IOException {
        if (locals.isEmpty()) {
            network.connect(new ConnectRequest(remote), listener);
        } else {
            connectFrom(network, remote, locals, listener);
        }
        return listener;
    }

    /** Takes the first local address of the right kind that can be bound (CN-3). */
    private static void connectFrom(
            NetworkEngine network, InetSocketAddress remote, List<InetSocketAddress> locals, TransportListener listener)
            throws IOException {
        @Nullable BindException unbound = null;
        for (var local : locals) {
            if (local.getAddress().getClass() == remote.getAddress().getClass()) {
                try {
                    network.connect(new ConnectRequest(remote, local), listener);
                    return;
                } catch (BindException e) {
                    unbound = e;
                }
            }
        }
        throw unbound != null
                ? unbound
                : new BindException("cannot connect to " + remote + ": no local address of its kind in " + locals);
    }

    /** One error for several attempts (CN-2). */
    private static IOException combined(List<IOException> failures) {
        var first = failures.getFirst();
        var texts = failures.stream().map(Throwable::getMessage).distinct().toList();
        if (texts.size() == 1) {
            first.fillInStackTrace(); // it may be that of a task in a race
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
