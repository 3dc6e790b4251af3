package dev.asyncio4j.net.internal;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/**
 * The sending side of {@link TlsHandler}.
 *
 * <p><b>Threads.</b> The raw thread only.
 */
final class TlsSender {
    /*
     * Plain blocks queue up, and one chunk of records at a time is with the channel. When the system has taken the chunk,
     * the plain blocks it came from are moved on by as much as it held; their transport counts unsent bytes by that. So no
     * more than a chunk is encrypted ahead, and the count of unsent bytes is of the user's bytes.
     */

    private static final int CHUNK = 48 * 1024; // three whole records, which fit a large block
    private static final int MOST_SOURCES = 64;
    private static final int MOST_UNSENT_CONTROL = 256 * 1024; // a handshake needs a few KiB

    private final TlsHandler handler;
    private final BlockPool blocks;
    private final ArrayDeque<ByteBuf> plain = new ArrayDeque<>(4); // to be sent; of the first a part may be gone

    private boolean sending;
    private int chunkBytes; // encrypted, not taken by the system yet
    private int chunkPlain; // what it was before
    private int controlBytes; // of handshake records, not taken by the system yet
    private int farewellBytes; // of the farewell, not taken by the system yet

    TlsSender(TlsHandler handler, BlockPool blocks) {
        this.handler = handler;
        this.blocks = blocks;
    }

    private ChannelHandlerContext context() {
        return handler.context();
    }

    /* ---- what the user sends ---- */

    void add(ByteBuf block) {
        plain.add(block);
    }

    /** Forgets what is not encrypted yet. */
    void drop() {
        for (var block = plain.poll(); block != null; block = plain.poll()) {
            block.release();
        }
    }

    /** Encrypts and sends as much as the channel takes. */
    void send() throws SSLException {
        if (sending) {
            return;
        }
        sending = true;
        try {
            while (handler.maySend() && chunkBytes == 0 && !plain.isEmpty()) {
                sendChunk();
                context().flush();
            }
        } finally {
            sending = false;
        }
    }

    private void sendChunk() throws SSLException {
        var sources = sources();
        var out = blocks.take(BlockPool.LARGE);
        var consumed = 0;
        var status = Status.OK;
        var idle = false;
        while (status == Status.OK && !idle && sources[sources.length - 1].hasRemaining()) {
            var result = wrapInto(out, sources);
            status = result.getStatus();
            consumed += result.bytesConsumed();
            idle = result.bytesConsumed() == 0 && result.bytesProduced() == 0;
            handler.settle(result);
        }
        if (consumed == 0) {
            drop(); // the peer said farewell, after which TLS 1.2 and BoringSSL send nothing but their own
            sendOrRelease(out);
            return;
        }
        var chunk = smallest(out);
        chunkPlain = consumed;
        chunkBytes = chunk.readableBytes();
        chunk.ownedBy(this::chunkSent);
        write(chunk);
    }

    private ByteBuffer[] sources() {
        var left = CHUNK;
        var sources = new ByteBuffer[Math.min(plain.size(), MOST_SOURCES)];
        var count = 0;
        for (var block : plain) {
            if (left == 0 || count == sources.length) {
                break;
            }
            var part = Math.min(left, block.readableBytes());
            sources[count++] = block.nioBuffer(block.readerIndex(), part);
            left -= part;
        }
        return Arrays.copyOf(sources, count);
    }

    /** Hears of progress inside the channel's write loop, where the channel must be left alone. */
    private void chunkSent(int bytes) {
        chunkBytes -= bytes;
        if (chunkBytes > 0) {
            return;
        }
        advance(chunkPlain);
        chunkPlain = 0;
        if (!sending && !plain.isEmpty()) {
            context().executor().execute(handler::sendOn);
        }
    }

    private void advance(int bytes) {
        var left = bytes;
        while (left > 0 && !plain.isEmpty()) {
            var first = plain.getFirst();
            var part = Math.min(left, first.readableBytes());
            first.readerIndex(first.readerIndex() + part);
            left -= part;
            if (!first.isReadable()) {
                plain.removeFirst().release();
            }
        }
    }

    /* ---- what the engine sends ---- */

    /**
     * Sends a record of the engine's own: of the handshake, an alert, or an answer to a peer's new key.
     *
     * @return whether there was one
     */
    boolean sendControl() throws SSLException {
        var out = blocks.take(BlockPool.LARGE);
        var result = wrapInto(out, TlsEngine.NOTHING);
        var made = out.isReadable();
        sendOrRelease(out);
        handler.settle(result);
        return made && result.getStatus() == Status.OK;
    }

    private void sendOrRelease(Block control) throws SSLException {
        if (control.isReadable()) {
            writeControl(smallest(control));
        } else {
            control.release();
        }
    }

    private void writeControl(Block record) throws SSLException {
        if (controlBytes > MOST_UNSENT_CONTROL) {
            record.release();
            throw new SSLException("the peer asks for answers that it does not read");
        }
        controlBytes += record.readableBytes();
        record.ownedBy(bytes -> controlBytes -= bytes);
        write(record);
    }

    /**
     * Says that nothing more will come.
     *
     * @param gone called once the system has taken that
     */
    void sendFarewell(Runnable gone) throws SSLException {
        handler.engine().closeOutbound();
        var out = blocks.take(BlockPool.LARGE);
        wrapInto(out, TlsEngine.NOTHING);
        if (!out.isReadable()) { // said before, in answer to the peer's
            out.release();
            context().executor().execute(gone);
            return;
        }
        var farewell = smallest(out);
        farewellBytes = farewell.readableBytes();
        farewell.ownedBy(bytes -> {
            farewellBytes -= bytes;
            if (farewellBytes == 0) {
                context().executor().execute(gone); // not inside the channel's write loop
            }
        });
        write(farewell);
        context().flush();
    }

    /** Tells the peer why this end gives up, if the engine has something to say. */
    void sendAlert() {
        try {
            var engine = handler.engine();
            if (!engine.isOutboundDone() && engine.wish() == HandshakeStatus.NOT_HANDSHAKING) {
                engine.closeOutbound();
            }
            for (var records = 0; records < 4 && engine.wish() == HandshakeStatus.NEED_WRAP; records++) {
                var out = blocks.take(BlockPool.LARGE);
                wrapInto(out, TlsEngine.NOTHING);
                write(smallest(out));
            }
            context().flush();
        } catch (SSLException e) {
            assert e.getMessage() != null; // it fails already
        }
    }

    /* ---- both ---- */

    /** Adds a record to a block, which is released if that fails. */
    private SSLEngineResult wrapInto(Block out, ByteBuffer... sources) throws SSLException {
        var wrapped = false;
        try {
            var result = handler.engine().wrap(sources, out.nioBuffer(out.writerIndex(), out.writableBytes()));
            out.writerIndex(out.writerIndex() + result.bytesProduced());
            wrapped = true;
            return result;
        } finally {
            if (!wrapped) {
                out.release();
            }
        }
    }

    /** A small block is enough for most of what is sent. */
    private Block smallest(Block block) {
        if (block.readableBytes() > BlockPool.SMALL) {
            return block;
        }
        var small = blocks.take(BlockPool.SMALL);
        small.writeBytes(block);
        block.release();
        return small;
    }

    private void write(Block records) {
        var _ = context().write(records, context().voidPromise());
    }
}
