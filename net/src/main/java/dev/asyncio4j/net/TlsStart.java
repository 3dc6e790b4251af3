package dev.asyncio4j.net;

import dev.asyncio4j.EventLoop;
import dev.asyncio4j.net.internal.TlsFailure;
import dev.asyncio4j.net.spi.ByteTransport;
import dev.asyncio4j.net.spi.Layer;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.function.Supplier;

/** Encrypts a connection that is open already, for streams and for protocols (TLS-8). */
final class TlsStart {

    private TlsStart() {}

    /**
     * Does it. Suspends until the handshake has succeeded; failing or cancelled, it closes the connection.
     *
     * @param received takes from the owner what it has received and not used: that belongs to the handshake. A client has
     *     nothing to expect before it; what somebody slipped in there makes the handshake fail.
     */
    static void start(EventLoop loop, ByteTransport transport, Layer layer, Supplier<byte[]> received)
            throws IOException {
        try {
            Networks.of(loop).startLayer(transport, layer, received.get());
        } catch (TlsFailure e) {
            throw StreamFailures.handshake(e);
        } catch (ClosedChannelException e) {
            var gone = new ConnectionResetException("TLS cannot be started on a connection that is closed");
            gone.initCause(e);
            throw gone;
        }
    }
}
