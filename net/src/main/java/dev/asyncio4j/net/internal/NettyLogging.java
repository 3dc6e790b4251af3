package dev.asyncio4j.net.internal;

import io.netty.util.internal.logging.AbstractInternalLogger;
import io.netty.util.internal.logging.FormattingTuple;
import io.netty.util.internal.logging.InternalLogLevel;
import io.netty.util.internal.logging.InternalLogger;
import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.MessageFormatter;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Carries Netty's log records to {@link System.Logger} on a thread that no loop depends on.
 *
 * <p><b>Threads.</b> Records come from any thread; handing one over takes no lock.
 */
final class NettyLogging extends InternalLoggerFactory {
    /*
     * The loop's raw thread runs Netty, and Netty logs. A logger takes locks that a suspended coroutine may hold, and a
     * raw thread that waits for a coroutine waits for ever. Formatting takes locks too (time zones), and opens files,
     * which fails when descriptors are exhausted, just when there is something to say. So a record is only queued here.
     * A coroutine logs through Netty as well now and then; a queue with a lock would be the same trap again.
     *
     * Whether a level is enabled is asked of System.Logger by the logging thread only, when the logger is made and after
     * each record; until it is known, informational records and graver ones pass.
     */

    private static final int MAX_QUEUED = 10_000;

    private static final Queue<Runnable> RECORDS = new ConcurrentLinkedQueue<>(); // any thread adds, the writer takes
    private static final java.util.concurrent.atomic.AtomicInteger QUEUED =
            new java.util.concurrent.atomic.AtomicInteger();

    /** The thread that writes; started with this class, which {@link #install} loads off the loop. */
    private static final Thread WRITER =
            Thread.ofPlatform().daemon().name("asyncio4j-netty-log").start(NettyLogging::write);

    private NettyLogging() {}

    /** Makes this Netty's logging. Before any other class of Netty is loaded, and not on a loop's raw thread. */
    static void install() {
        InternalLoggerFactory.setDefaultFactory(new NettyLogging());
    }

    @Override
    protected InternalLogger newInstance(String name) {
        return new HandingOver(name);
    }

    private static void enqueue(Runnable record) {
        if (QUEUED.incrementAndGet() > MAX_QUEUED) {
            QUEUED.decrementAndGet(); // a flood: this one is lost
            return;
        }
        RECORDS.add(record);
        LockSupport.unpark(WRITER);
    }

    private static void write() {
        while (true) {
            var record = RECORDS.poll();
            if (record == null) {
                LockSupport.park(RECORDS);
                continue;
            }
            QUEUED.decrementAndGet();
            writeOne(record);
        }
    }

    private static void writeOne(Runnable record) {
        try {
            record.run();
        } catch (RuntimeException | Error failure) { // a broken log handler must not end the logging
            System.err.println("asyncio4j: a log record of Netty could not be written: " + failure);
        }
    }

    /** One of Netty's loggers; knows the threshold of its counterpart and hands everything else over. */
    private static final class HandingOver extends AbstractInternalLogger {
        private static final long serialVersionUID = 1;

        private transient volatile System.@Nullable Logger target; // set by the writer, read by it
        private volatile int threshold = System.Logger.Level.INFO.getSeverity(); // written by the writer, read by all

        @SuppressWarnings("this-escape")
        HandingOver(String name) {
            super(name);
            enqueue(this::refresh);
        }

        private System.Logger refresh() {
            var logger = target;
            if (logger == null) {
                logger = System.getLogger(name());
                target = logger;
            }
            threshold = lowestEnabled(logger);
            return logger;
        }

        private static int lowestEnabled(System.Logger logger) {
            for (var level : System.Logger.Level.values()) {
                if (level != System.Logger.Level.ALL && logger.isLoggable(level)) {
                    return level.getSeverity();
                }
            }
            return Integer.MAX_VALUE;
        }

        private boolean passes(InternalLogLevel level) {
            return levelOf(level).getSeverity() >= threshold;
        }

        private void record(InternalLogLevel level, FormattingTuple text) {
            record(level, text.getMessage(), text.getThrowable());
        }

        private void record(InternalLogLevel level, String message, @Nullable Throwable cause) {
            enqueue(() -> refresh().log(levelOf(level), message, cause));
        }

        private static System.Logger.Level levelOf(InternalLogLevel level) {
            return switch (level) {
                case TRACE -> System.Logger.Level.TRACE;
                case DEBUG -> System.Logger.Level.DEBUG;
                case INFO -> System.Logger.Level.INFO;
                case WARN -> System.Logger.Level.WARNING;
                case ERROR -> System.Logger.Level.ERROR;
            };
        }

        @Override
        public boolean isTraceEnabled() {
            return passes(InternalLogLevel.TRACE);
        }

        @Override
        public void trace(String message) {
            if (isTraceEnabled()) {
                record(InternalLogLevel.TRACE, message, null);
            }
        }

        @Override
        public void trace(String format, Object argument) {
            if (isTraceEnabled()) {
                record(InternalLogLevel.TRACE, MessageFormatter.format(format, argument));
            }
        }

        @Override
        public void trace(String format, Object first, Object second) {
            if (isTraceEnabled()) {
                record(InternalLogLevel.TRACE, MessageFormatter.format(format, first, second));
            }
        }

        @Override
        public void trace(String format, Object... arguments) {
            if (isTraceEnabled()) {
                record(InternalLogLevel.TRACE, MessageFormatter.arrayFormat(format, arguments));
            }
        }

        @Override
        public void trace(String message, Throwable cause) {
            if (isTraceEnabled()) {
                record(InternalLogLevel.TRACE, message, cause);
            }
        }

        @Override
        public boolean isDebugEnabled() {
            return passes(InternalLogLevel.DEBUG);
        }

        @Override
        public void debug(String message) {
            if (isDebugEnabled()) {
                record(InternalLogLevel.DEBUG, message, null);
            }
        }

        @Override
        public void debug(String format, Object argument) {
            if (isDebugEnabled()) {
                record(InternalLogLevel.DEBUG, MessageFormatter.format(format, argument));
            }
        }

        @Override
        public void debug(String format, Object first, Object second) {
            if (isDebugEnabled()) {
                record(InternalLogLevel.DEBUG, MessageFormatter.format(format, first, second));
            }
        }

        @Override
        public void debug(String format, Object... arguments) {
            if (isDebugEnabled()) {
                record(InternalLogLevel.DEBUG, MessageFormatter.arrayFormat(format, arguments));
            }
        }

        @Override
        public void debug(String message, Throwable cause) {
            if (isDebugEnabled()) {
                record(InternalLogLevel.DEBUG, message, cause);
            }
        }

        @Override
        public boolean isInfoEnabled() {
            return passes(InternalLogLevel.INFO);
        }

        @Override
        public void info(String message) {
            if (isInfoEnabled()) {
                record(InternalLogLevel.INFO, message, null);
            }
        }

        @Override
        public void info(String format, Object argument) {
            if (isInfoEnabled()) {
                record(InternalLogLevel.INFO, MessageFormatter.format(format, argument));
            }
        }

        @Override
        public void info(String format, Object first, Object second) {
            if (isInfoEnabled()) {
                record(InternalLogLevel.INFO, MessageFormatter.format(format, first, second));
            }
        }

        @Override
        public void info(String format, Object... arguments) {
            if (isInfoEnabled()) {
                record(InternalLogLevel.INFO, MessageFormatter.arrayFormat(format, arguments));
            }
        }

        @Override
        public void info(String message, Throwable cause) {
            if (isInfoEnabled()) {
                record(InternalLogLevel.INFO, message, cause);
            }
        }

        @Override
        public boolean isWarnEnabled() {
            return passes(InternalLogLevel.WARN);
        }

        @Override
        public void warn(String message) {
            if (isWarnEnabled()) {
                record(InternalLogLevel.WARN, message, null);
            }
        }

        @Override
        public void warn(String format, Object argument) {
            if (isWarnEnabled()) {
                record(InternalLogLevel.WARN, MessageFormatter.format(format, argument));
            }
        }

        @Override
        public void warn(String format, Object first, Object second) {
            if (isWarnEnabled()) {
                record(InternalLogLevel.WARN, MessageFormatter.format(format, first, second));
            }
        }

        @Override
        public void warn(String format, Object... arguments) {
            if (isWarnEnabled()) {
                record(InternalLogLevel.WARN, MessageFormatter.arrayFormat(format, arguments));
            }
        }

        @Override
        public void warn(String message, Throwable cause) {
            if (isWarnEnabled()) {
                record(InternalLogLevel.WARN, message, cause);
            }
        }

        @Override
        public boolean isErrorEnabled() {
            return passes(InternalLogLevel.ERROR);
        }

        @Override
        public void error(String message) {
            if (isErrorEnabled()) {
                record(InternalLogLevel.ERROR, message, null);
            }
        }

        @Override
        public void error(String format, Object argument) {
            if (isErrorEnabled()) {
                record(InternalLogLevel.ERROR, MessageFormatter.format(format, argument));
            }
        }

        @Override
        public void error(String format, Object first, Object second) {
            if (isErrorEnabled()) {
                record(InternalLogLevel.ERROR, MessageFormatter.format(format, first, second));
            }
        }

        @Override
        public void error(String format, Object... arguments) {
            if (isErrorEnabled()) {
                record(InternalLogLevel.ERROR, MessageFormatter.arrayFormat(format, arguments));
            }
        }

        @Override
        public void error(String message, Throwable cause) {
            if (isErrorEnabled()) {
                record(InternalLogLevel.ERROR, message, cause);
            }
        }
    }
}
