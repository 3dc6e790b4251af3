package dev.asyncio4j.net;

import dev.asyncio4j.EventLoop;
import dev.asyncio4j.net.spi.AdoptRequest;
import dev.asyncio4j.net.spi.Layer;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** Makes connections of what is open already, for streams and for protocols. */
final class Adopting {

    private Adopting() {}

    /** Makes what encrypts a connection. */
    private interface LayerMaker {

        /** Does it. Suspends. */
        @Nullable
        Layer make() throws IOException;
    }

    /** Takes over a socket as a client's end. */
    static <L extends Encryptable> L client(EventLoop loop, SocketChannel socket, ConnectOptions options, L listener)
            throws IOException {
        requireUnconnectedOptions(options, "a socket that is connected already");
        var tls = options.tls();
        return socket(loop, socket, () -> tls == null ? null : tls.clientLayer(loop), listener);
    }

    /** Takes over a socket as a server's end. */
    static <L extends Encryptable> L accepted(
            EventLoop loop, SocketChannel socket, @Nullable TlsOptions tls, L listener) throws IOException {
        return socket(loop, socket, () -> tls == null ? null : tls.serverLayer(loop), listener);
    }

    /** A socket that is refused stays the caller's; once nothing is wrong with what was asked for, it is closed in the end. */
    private static <L extends Encryptable> L socket(EventLoop loop, SocketChannel socket, LayerMaker maker, L listener)
            throws IOException {
        var settled = false;
        try {
            var layer = maker.make();
            Networks.of(loop).adopt(AdoptRequest.of(socket), listener);
            settled = true;
            if (layer != null) {
                listener.startLayer(layer);
            }
            return listener;
        } catch (IllegalArgumentException refused) {
            settled = true;
            throw refused;
        } finally {
            if (!settled) {
                socket.close();
            }
        }
    }

    /** Takes over one or two pipes, or streams. */
    static <L extends Encryptable> L pipes(EventLoop loop, AdoptRequest request, ConnectOptions options, L listener)
            throws IOException {
        requireUnconnectedOptions(options, "pipes");
        if (options.tls() != null) {
            throw new IllegalArgumentException("pipes are not encrypted: " + options);
        }
        Networks.of(loop).adopt(request, listener);
        return listener;
    }

    private static void requireUnconnectedOptions(ConnectOptions options, String what) {
        if (options.localAddress() != null || options.happyEyeballsDelay() != null) {
            throw new IllegalArgumentException(
                    "localAddress and happyEyeballs mean nothing for " + what + ": " + options);
        }
    }
}
