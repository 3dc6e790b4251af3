package dev.asyncio4j.net.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.internal.logging.InternalLoggerFactory;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Netty's log records reach the platform's logger, and never by the thread that makes them. */
@Timeout(30)
class NettyLoggingTest {
    private static final String NAME = "asyncio4j.test.logging";

    private record Written(String message, Thread writer) {}

    /** A log handler that a test can hold. */
    private static final class Recorder extends Handler {
        private final LinkedBlockingQueue<Written> written = new LinkedBlockingQueue<>();
        private final CountDownLatch open;

        Recorder(CountDownLatch open) {
            this.open = open;
        }

        @Override
        public void publish(LogRecord logRecord) {
            try {
                open.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            written.add(new Written(logRecord.getMessage(), Thread.currentThread()));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @Test
    void warn_whileTheLogHandlerIsHeld_returns_andIsWrittenLater() throws InterruptedException {
        Netty.load();
        var gate = new CountDownLatch(1);
        var recorder = new Recorder(gate);
        var jul = Logger.getLogger(NAME);
        jul.setUseParentHandlers(false);
        jul.addHandler(recorder);
        try {
            var logger = InternalLoggerFactory.getInstance(NAME);
            logger.warn("{} and {}", "one", "two");
            logger.warn("three", new IllegalStateException("on purpose"));
            assertThat(recorder.written).isEmpty();
            gate.countDown();
            var first = recorder.written.poll(10, TimeUnit.SECONDS);
            assertThat(first).isNotNull();
            assertThat(first.message()).isEqualTo("one and two");
            assertThat(first.writer()).isNotSameAs(Thread.currentThread());
            assertThat(recorder.written.poll(10, TimeUnit.SECONDS)).isNotNull();
        } finally {
            gate.countDown();
            jul.removeHandler(recorder);
        }
    }
}
