package dev.asyncio4j.net.internal;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/**
 * The engine of one connection: the JDK's as it is, and the frame for others, which differ in what they forget to say.
 *
 * <p><b>Threads.</b> The raw thread; {@link #runTasks} runs elsewhere, and meanwhile nothing else is called but {@link #end}.
 */
class TlsEngine {
    static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private enum Use {
        FREE,
        TASKS_RUN,
        TASKS_RUN_THEN_ENDED,
        ENDED
    }

    private final SSLEngine engine;
    private final AtomicReference<Use> use = new AtomicReference<>(Use.FREE); // raw thread, and who runs tasks

    TlsEngine(SSLEngine engine) {
        this.engine = engine;
    }

    /** Returns the engine itself, for what was agreed on. */
    final SSLEngine engine() {
        return engine;
    }

    void begin() throws SSLException {
        engine.beginHandshake();
    }

    /** Returns what is to be done next for the engine's own sake. */
    HandshakeStatus wish() {
        return engine.getHandshakeStatus();
    }

    /** Tells whether something is to be done before more can be received. */
    final boolean hasWish() {
        var wish = wish();
        return wish == HandshakeStatus.NEED_TASK || wish == HandshakeStatus.NEED_WRAP;
    }

    SSLEngineResult wrap(ByteBuffer[] sources, ByteBuffer target) throws SSLException {
        return engine.wrap(sources, target);
    }

    SSLEngineResult unwrap(ByteBuffer source, ByteBuffer target) throws SSLException {
        return engine.unwrap(source, target);
    }

    /**
     * Looks whether a handshake has come further than the last result said.
     *
     * @return how far it has come
     */
    HandshakeStatus lookAgain() throws SSLException {
        return wish();
    }

    void closeOutbound() {
        engine.closeOutbound();
    }

    final boolean isOutboundDone() {
        return engine.isOutboundDone();
    }

    /** Runs what the engine wants to be run elsewhere, unless it has ended. */
    final void runTasks() {
        if (!use.compareAndSet(Use.FREE, Use.TASKS_RUN)) {
            return;
        }
        try {
            for (var task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
                task.run();
            }
        } finally {
            if (!use.compareAndSet(Use.TASKS_RUN, Use.FREE)) {
                free();
            }
        }
    }

    /** Gives back what it holds, at the latest when the tasks that run are done. Does not wait. */
    final void end() {
        if (use.compareAndSet(Use.FREE, Use.ENDED)) {
            free();
        } else if (!use.compareAndSet(Use.TASKS_RUN, Use.TASKS_RUN_THEN_ENDED)
                && use.compareAndSet(Use.FREE, Use.ENDED)) { // they were done just now
            free();
        }
    }

    /** Gives back what it holds: once, on the raw thread or where the tasks ran. */
    void free() {}
}
