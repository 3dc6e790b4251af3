package dev.asyncio4j.net.internal;

import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/**
 * An engine of BoringSSL, in Netty's clothes.
 *
 * <p><b>Threads.</b> As its base says.
 */
final class BoringSslEngine extends TlsEngine {
    /*
     * Where it differs from the JDK's. After the handshake getHandshakeStatus knows nothing of alerts that are to be sent:
     * only the results tell, and an alert that was sent is followed by the exception it was about only if one asks again.
     * The end of a handshake is noticed by the call after the one that received it. Buffers must be direct. It is memory
     * that no collector frees.
     */

    private static final int MOST_RECORD = 5 + 16 * 1024 + 2048;

    private final ReferenceCountedOpenSslEngine engine;
    private final BlockPool blocks;
    private boolean owesWrap; // the last result said so

    BoringSslEngine(ReferenceCountedOpenSslEngine engine, BlockPool blocks) {
        super(engine);
        this.engine = engine;
        this.blocks = blocks;
    }

    @Override
    HandshakeStatus wish() {
        return owesWrap ? HandshakeStatus.NEED_WRAP : super.wish();
    }

    @Override
    SSLEngineResult wrap(ByteBuffer[] sources, ByteBuffer target) throws SSLException {
        owesWrap = false;
        var result = super.wrap(sources, target);
        var ofItsOwn = result.bytesProduced() > 0 && result.bytesConsumed() == 0;
        owesWrap = result.getStatus() == Status.OK
                && (ofItsOwn || result.getHandshakeStatus() == HandshakeStatus.NEED_WRAP);
        return result;
    }

    @Override
    SSLEngineResult unwrap(ByteBuffer source, ByteBuffer target) throws SSLException {
        var result = source.isDirect() ? super.unwrap(source, target) : unwrapCopy(source, target);
        owesWrap = result.getHandshakeStatus() == HandshakeStatus.NEED_WRAP;
        return result;
    }

    /** Netty would allocate native memory for each such record. */
    private SSLEngineResult unwrapCopy(ByteBuffer source, ByteBuffer target) throws SSLException {
        var copy = blocks.take(BlockPool.LARGE);
        try {
            var length = Math.min(source.remaining(), MOST_RECORD);
            copy.writeBytes(source.slice(source.position(), length));
            var result = super.unwrap(copy.nioBuffer(), target);
            source.position(source.position() + result.bytesConsumed());
            return result;
        } finally {
            copy.release();
        }
    }

    @Override
    HandshakeStatus lookAgain() throws SSLException {
        return super.unwrap(NOTHING, NOTHING.duplicate()).getHandshakeStatus();
    }

    @Override
    void closeOutbound() {
        super.closeOutbound();
        owesWrap = !isOutboundDone();
    }

    @Override
    void free() {
        engine.release();
    }
}
