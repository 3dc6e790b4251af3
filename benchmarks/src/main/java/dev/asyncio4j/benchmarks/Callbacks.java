package dev.asyncio4j.benchmarks;

import static dev.asyncio4j.Asyncio.getRunningLoop;
import static dev.asyncio4j.Asyncio.sleep;

import dev.asyncio4j.EventLoop;
import dev.asyncio4j.Future;
import java.time.Duration;
import java.util.Random;

/** Callbacks without tasks: at once, from another thread, and by the clock. */
final class Callbacks {

    private static final int BATCH = 1000;

    /** Timers come due at random within this time for each of them, so that adding them takes most of the time. */
    private static final int NANOS_PER_TIMER = 100;

    private Callbacks() {}

    /** Completes a future when it has been called so often. */
    private static final class Countdown implements Runnable {
        final Future<Boolean> over;
        private int left;

        Countdown(EventLoop loop, int count) {
            over = loop.createFuture();
            left = count;
        }

        @Override
        public void run() {
            if (--left == 0) {
                over.setResult(true);
            }
        }
    }

    static void callSoon(int count) {
        var loop = getRunningLoop();
        for (var done = 0; done < count; done += BATCH) {
            var countdown = new Countdown(loop, BATCH);
            for (var i = 0; i < BATCH; i++) {
                loop.callSoon(countdown);
            }
            countdown.over.await();
        }
    }

    static void callSoonThreadsafe(int count) throws InterruptedException {
        var loop = getRunningLoop();
        var countdown = new Countdown(loop, count);
        var producer = Thread.ofPlatform().start(() -> {
            for (var i = 0; i < count; i++) {
                loop.callSoonThreadsafe(countdown);
            }
        });
        countdown.over.await();
        producer.join();
    }

    static void callLaterCancel(int count) {
        var loop = getRunningLoop();
        for (var done = 0; done < count; done += BATCH) {
            for (var i = 0; i < BATCH; i++) {
                loop.callLater(Duration.ofSeconds(30), () -> {}).cancel();
            }
            sleep(Duration.ZERO);
        }
    }

    static void timers(int count) {
        var loop = getRunningLoop();
        var random = new Random(0);
        var countdown = new Countdown(loop, count);
        for (var i = 0; i < count; i++) {
            loop.callLater(Duration.ofNanos((long) (random.nextDouble() * count * NANOS_PER_TIMER)), countdown);
        }
        countdown.over.await();
    }
}
