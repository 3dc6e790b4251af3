package dev.asyncio4j.net.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The receiving side of {@link TlsHandler}.
 *
 * <p><b>Threads.</b> The raw thread only.
 */
final class TlsReceiver {
    /*
     * Records are decrypted straight from what was read. Only an incomplete record is held back, and what comes while a task
     * of the engine is out, when reading stops: that is one read at most.
     */

    private static final int HEADER = 5; // of a record
    private static final int MOST_RECORD = HEADER + 16 * 1024 + 2048;
    private static final int FIRST_HOLD = 512;

    private final TlsHandler handler;
    private final BlockPool blocks;

    private @Nullable ByteBuf held; // received, not decrypted; null if nothing is

    TlsReceiver(TlsHandler handler, BlockPool blocks) {
        this.handler = handler;
        this.blocks = blocks;
    }

    /** Forgets what is held back. */
    void drop() {
        if (held != null) {
            held.release();
            held = null;
        }
    }

    /** Decrypts what was held back and what was received, as far as that goes; the rest is held back. */
    void receive(ByteBuf in) throws SSLException {
        while (held != null && handler.mayReceive()) {
            var missing = missing(held);
            if (missing > 0 && !in.isReadable()) {
                return;
            }
            if (missing > 0) {
                held.writeBytes(in, Math.min(missing, in.readableBytes()));
            } else if (!unwrapHeld(held)) {
                break;
            }
        }
        if (held == null && handler.mayReceive()) {
            unwrap(in);
        }
        if (in.isReadable() && handler.wantsMore()) {
            hold(in);
        }
    }

    /** Counts what the first record lacks; nothing if it is none, which the engine will say. */
    private static int missing(ByteBuf records) {
        var available = records.readableBytes();
        if (available < HEADER) {
            return HEADER - available;
        }
        var start = records.readerIndex();
        var type = records.getByte(start);
        var length = HEADER + records.getUnsignedShort(start + 3);
        return type < 20 || type > 24 || length > MOST_RECORD ? 0 : Math.max(0, length - available);
    }

    /** Tells whether that led anywhere. */
    private boolean unwrapHeld(ByteBuf records) throws SSLException {
        var before = records.readableBytes();
        unwrap(records);
        if (held == null) {
            return true; // dropped: it is over
        }
        var progress = records.readableBytes() < before;
        if (!records.isReadable()) {
            drop();
        } else {
            records.discardReadBytes();
        }
        return progress;
    }

    private void hold(ByteBuf rest) {
        if (held == null) {
            held = Unpooled.buffer(Math.max(rest.readableBytes(), HEADER + FIRST_HOLD));
        }
        held.writeBytes(rest);
    }

    private void unwrap(ByteBuf in) throws SSLException {
        @Nullable Block out = null;
        try {
            while (handler.mayReceive() && in.isReadable()) {
                if (handler.engine().hasWish()) {
                    handler.proceed();
                    if (!handler.mayReceive() || handler.engine().hasWish()) {
                        return;
                    }
                }
                if (out == null) {
                    out = blocks.take(BlockPool.LARGE);
                }
                var status = unwrapRecord(in, out);
                if (status == Status.BUFFER_UNDERFLOW) {
                    if (handler.mayReceive() && handler.engine().hasWish()) {
                        continue;
                    }
                    return;
                }
                if (status != Status.OK) {
                    var full = out;
                    out = null;
                    handler.deliver(full);
                }
                if (status == Status.CLOSED) {
                    handler.farewellReceived();
                }
            }
        } finally {
            if (out != null) {
                handler.deliver(out);
            }
        }
        handler.proceed();
    }

    private Status unwrapRecord(ByteBuf in, Block out) throws SSLException {
        var result = handler.engine().unwrap(in.nioBuffer(), out.nioBuffer(out.writerIndex(), out.writableBytes()));
        in.skipBytes(result.bytesConsumed());
        out.writerIndex(out.writerIndex() + result.bytesProduced());
        if (result.getStatus() == Status.BUFFER_OVERFLOW && !out.isReadable()) {
            throw new SSLException("a record is larger than " + out.writableBytes() + " bytes");
        }
        handler.settle(result);
        var idle = result.bytesConsumed() == 0 && result.bytesProduced() == 0;
        return idle && result.getStatus() == Status.OK ? Status.BUFFER_UNDERFLOW : result.getStatus();
    }
}
