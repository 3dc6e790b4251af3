package dev.asyncio4j.tests.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.EventLoop;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.logging.StreamHandler;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A coroutine and a callback log while another thread prints to the same stream. The coroutine waits for the stream and
 * holds the handler's lock meanwhile; if the loop's bare thread ever wanted that lock, nobody could resume the coroutine.
 */
class LoggingSceneTest {

    @Test
    void coroutineAndCallbackLog_whileAForeignThreadPrints_loopGoesOnTurning() throws Exception {
        Turns turns = new Scenery(Duration.ofSeconds(5)).play();

        assertThat(turns.coroutine).isGreaterThan(100);
        assertThat(turns.callback).isGreaterThan(100);
        assertThat(turns.bystander).isGreaterThan(100);
    }

    @Tag("deep")
    @Test
    void coroutineAndCallbackLog_forAMinute_loopGoesOnTurning() throws Exception {
        Turns turns = new Scenery(Duration.ofSeconds(60)).play();

        assertThat(turns.bystander).isGreaterThan(1_000);
    }

    /** How often each had its turn. Loop thread only. */
    private static final class Turns {
        int coroutine;
        int callback;
        int bystander;
    }

    private static final class Scenery {

        private final Duration length;
        private final PrintStream stream = new PrintStream(new SlowStream());
        private final Logger logger = Logger.getAnonymousLogger();
        private final Turns turns = new Turns();
        private volatile boolean over;

        Scenery(Duration length) {
            this.length = length;
            logger.setUseParentHandlers(false);
            logger.addHandler(new FlushingHandler(stream));
        }

        Turns play() throws Exception {
            var foreign = Thread.ofPlatform().daemon().name("foreign").start(this::print);
            try {
                return Scene.play(length.toSeconds() + 60, () -> Asyncio.run(this::turn));
            } finally {
                over = true;
                foreign.join();
            }
        }

        private void print() {
            while (!over) {
                stream.println("a line of somebody else's");
            }
        }

        private Turns turn() {
            EventLoop loop = Asyncio.getRunningLoop();
            Duration end = loop.time().plus(length);
            loop.callSoon(() -> callBack(loop));
            var bystander = Asyncio.createTask(() -> {
                while (!over) {
                    Asyncio.sleep(Duration.ZERO);
                    turns.bystander++;
                }
            });
            while (loop.time().compareTo(end) < 0) {
                logger.info("a coroutine's line");
                turns.coroutine++;
                Asyncio.sleep(Duration.ZERO);
            }
            over = true;
            bystander.await();
            return turns;
        }

        private void callBack(EventLoop loop) {
            logger.info("a callback's line");
            turns.callback++;
            if (!over) {
                loop.callSoon(() -> callBack(loop));
            }
        }
    }

    /** Writes each record at once, as a console handler does. */
    private static final class FlushingHandler extends StreamHandler {

        FlushingHandler(OutputStream out) {
            super(out, new SimpleFormatter());
            setLevel(Level.ALL);
        }

        @Override
        public synchronized void publish(java.util.logging.LogRecord record) {
            super.publish(record);
            flush();
        }
    }

    /** Takes a little time for each write, so that the others come to wait for the stream. */
    private static final class SlowStream extends OutputStream {

        private int sum;

        @Override
        public void write(int b) {
            sum += b;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            for (int i = 0; i < 20; i++) {
                for (int at = offset; at < offset + length; at++) {
                    write(bytes[at]);
                }
            }
        }

        @Override
        public String toString() {
            return "a stream of sum " + sum;
        }
    }
}
