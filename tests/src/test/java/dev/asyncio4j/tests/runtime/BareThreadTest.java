package dev.asyncio4j.tests.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.EventLoop;
import dev.asyncio4j.Future;
import java.io.IOException;
import java.nio.channels.spi.AbstractInterruptibleChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A lock is held by a coroutine that has left the loop's thread; code of the user's that the loop runs wants it. Nothing of
 * the kind may run on the bare thread, for then nobody is left to resume the coroutine.
 */
@Tag("native")
class BareThreadTest {

    /** The ways by which the loop comes to call code of the user's. */
    enum Entrance {
        CALL_SOON {
            @Override
            void arrange(EventLoop loop, Runnable wanting) {
                loop.callSoon(wanting);
            }
        },
        CALL_SOON_THREADSAFE {
            @Override
            void arrange(EventLoop loop, Runnable wanting) {
                Thread.ofPlatform().start(() -> loop.callSoonThreadsafe(wanting));
            }
        },
        CALL_LATER {
            @Override
            void arrange(EventLoop loop, Runnable wanting) {
                loop.callLater(Duration.ofMillis(1), wanting);
            }
        },
        DONE_CALLBACK {
            @Override
            void arrange(EventLoop loop, Runnable wanting) {
                Future<String> future = loop.createFuture();
                future.addDoneCallback(_ -> wanting.run());
                future.setResult("done");
            }
        },
        EXCEPTION_HANDLER {
            @Override
            void arrange(EventLoop loop, Runnable wanting) {
                loop.setExceptionHandler((_, _) -> wanting.run());
                loop.callSoon(() -> {
                    throw new IllegalStateException("to be handled");
                });
            }
        },
        COMPLETED_BY_EXECUTOR {
            @Override
            void arrange(EventLoop loop, Runnable wanting) {
                loop.runInExecutor(null, () -> "done").addDoneCallback(_ -> wanting.run());
            }
        };

        abstract void arrange(EventLoop loop, Runnable wanting);
    }

    @ParameterizedTest
    @EnumSource
    void userCode_wantsTheLockOfASuspendedCoroutine_othersGoOn(Entrance entrance) throws Exception {
        var trail = new ArrayList<String>();
        var monitor = new Object();
        Scene.run(() -> {
            EventLoop loop = Asyncio.getRunningLoop();
            Future<Boolean> wants = loop.createFuture();
            Future<Boolean> has = loop.createFuture();
            var release = new CountDownLatch(1);
            var holder = Asyncio.createTask(() -> {
                synchronized (monitor) {
                    release.await();
                    trail.add("the coroutine lets go");
                }
            });
            Asyncio.sleep(Duration.ZERO);
            entrance.arrange(loop, () -> {
                wants.setResult(true);
                synchronized (monitor) {
                    trail.add("the callback has the lock");
                    has.setResult(true);
                }
            });
            wants.await();
            for (int turn = 0; turn < 3; turn++) {
                Asyncio.sleep(Duration.ZERO);
                trail.add("another runs");
            }
            release.countDown();
            holder.await();
            has.await();
        });

        assertThat(trail)
                .containsExactly(
                        "another runs",
                        "another runs",
                        "another runs",
                        "the coroutine lets go",
                        "the callback has the lock");
    }

    @Test
    void callbacks_behindOneThatIsSuspended_runInTheirOrder() throws Exception {
        var trail = new ArrayList<String>();
        var release = new CountDownLatch(1);
        Scene.run(() -> {
            EventLoop loop = Asyncio.getRunningLoop();
            Future<Boolean> ended = loop.createFuture();
            loop.callSoon(() -> {
                trail.add("first blocks");
                awaitUninterrupted(release);
                trail.add("first goes on");
                ended.setResult(true);
            });
            for (String name : List.of("second", "third", "fourth")) {
                loop.callSoon(() -> trail.add(name));
            }
            Asyncio.sleep(Duration.ZERO);
            trail.add("a task");
            release.countDown();
            ended.await();
        });

        assertThat(trail).containsExactly("first blocks", "second", "third", "fourth", "a task", "first goes on");
    }

    /** An interrupt closes an interruptible channel, and closing it is code of the user's. */
    @Test
    void timeout_interruptsAChannelWhoseCloseWantsAHeldLock_othersGoOn() throws Exception {
        var monitor = new Object();
        var trail = new ArrayList<String>();
        Scene.run(() -> {
            var release = new CountDownLatch(1);
            Future<Boolean> closing = Asyncio.getRunningLoop().createFuture();
            var holder = Asyncio.createTask(() -> {
                synchronized (monitor) {
                    release.await();
                    trail.add("the holder lets go");
                }
            });
            var blocked = Asyncio.createTask(
                    () -> Asyncio.timeout(Duration.ofMillis(10), () -> new LockingChannel(monitor, closing).block()));
            closing.await();
            Asyncio.sleep(Duration.ZERO);
            trail.add("another runs");
            release.countDown();
            holder.await();
            Asyncio.gatherOutcomes(List.of(blocked));
        });

        assertThat(trail).containsExactly("another runs", "the holder lets go");
    }

    /** Debug mode names what was slow; a name is code of the user's. */
    @Test
    void debugMode_withACallbackWhoseNameWantsAHeldLock_othersGoOn() throws Exception {
        var monitor = new Object();
        var trail = new ArrayList<String>();
        Scene.run(() -> {
            EventLoop loop = Asyncio.getRunningLoop();
            loop.setDebug(true);
            var release = new CountDownLatch(1);
            var holder = Asyncio.createTask(() -> {
                synchronized (monitor) {
                    release.await();
                    trail.add("the holder lets go");
                }
            });
            Asyncio.sleep(Duration.ZERO);
            loop.callSoon(new NamedUnderLock(monitor));
            for (int turn = 0; turn < 3; turn++) {
                Asyncio.sleep(Duration.ofMillis(1));
            }
            trail.add("another runs");
            release.countDown();
            holder.await();
        });

        assertThat(trail).containsExactly("another runs", "the holder lets go");
    }

    private record NamedUnderLock(Object monitor) implements Runnable {

        @Override
        public void run() {
            // Its name is what matters.
        }

        @Override
        public String toString() {
            synchronized (monitor) {
                return "a callback";
            }
        }
    }

    private static final class LockingChannel extends AbstractInterruptibleChannel {

        private final Object monitor;
        private final Future<Boolean> closing;

        LockingChannel(Object monitor, Future<Boolean> closing) {
            this.monitor = monitor;
            this.closing = closing;
        }

        void block() throws IOException, InterruptedException {
            boolean completed = false;
            begin();
            try {
                new CountDownLatch(1).await();
                completed = true;
            } finally {
                end(completed);
            }
        }

        @Override
        protected void implCloseChannel() {
            closing.setResult(true);
            synchronized (monitor) {
                closing.done();
            }
        }
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
