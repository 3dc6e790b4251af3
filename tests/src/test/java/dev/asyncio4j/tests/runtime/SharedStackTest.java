package dev.asyncio4j.tests.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.CancelledError;
import dev.asyncio4j.ContextVar;
import dev.asyncio4j.Future;
import dev.asyncio4j.Task;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A task that begins where another has just ended, on the same thread, cannot tell. */
class SharedStackTest {

    private static final ThreadLocal<String> LOCAL = new ThreadLocal<>();

    /** What one task leaves behind on its thread. */
    @FunctionalInterface
    private interface Trace {
        void leave() throws Exception;
    }

    /** Runs a task that leaves a trace, and a second one behind it; tells whether both had the same thread. */
    private static boolean sharesAfter(Trace trace, Trace second) throws Exception {
        var threads = new ArrayList<Thread>();
        Scene.run(() -> {
            var first = Asyncio.createTask(() -> {
                threads.add(Thread.currentThread());
                trace.leave();
            });
            var next = Asyncio.createTask(() -> {
                threads.add(Thread.currentThread());
                second.leave();
            });
            Asyncio.gather(List.of(first, next));
        });
        return threads.getFirst() == threads.getLast();
    }

    @Test
    @Tag("native")
    void task_behindOneThatNeverWaited_beginsOnItsThread() throws Exception {
        assertThat(sharesAfter(() -> {}, () -> {})).isTrue();
    }

    @Test
    void task_behindOneThatWaited_hasAThreadOfItsOwn() throws Exception {
        var threads = new ArrayList<Thread>();
        Scene.run(() -> {
            var waited = Asyncio.createTask(() -> {
                Asyncio.sleep(Duration.ZERO);
                threads.add(Thread.currentThread());
            });
            Asyncio.sleep(Duration.ZERO);
            var next = Asyncio.createTask(() -> threads.add(Thread.currentThread()));
            Asyncio.gather(List.of(waited, next));
        });
        assertThat(threads).doesNotHaveDuplicates();
    }

    @Test
    void threadLocal_thatATaskHasSet_isNotSeenByTheNext() throws Exception {
        var seen = new ArrayList<String>();
        assertThat(sharesAfter(() -> LOCAL.set("mine"), () -> seen.add(String.valueOf(LOCAL.get()))))
                .isFalse();
        assertThat(seen).containsExactly("null");
    }

    @Test
    void contextClassLoader_thatATaskHasSet_isNotSeenByTheNext() throws Exception {
        var loader = new URLClassLoader(new URL[0]);
        var seen = new ArrayList<ClassLoader>();
        sharesAfter(
                () -> Thread.currentThread().setContextClassLoader(loader),
                () -> seen.add(Thread.currentThread().getContextClassLoader()));
        assertThat(seen).doesNotContain(loader);
    }

    @Test
    void name_thatATaskHasGivenItsThread_isNotSeenByTheNext() throws Exception {
        var seen = new ArrayList<String>();
        sharesAfter(
                () -> Thread.currentThread().setName("mine"),
                () -> seen.add(Thread.currentThread().getName()));
        assertThat(seen).doesNotContain("mine");
    }

    @Test
    void interrupt_thatATaskLeavesBehind_isNotForTheNext() throws Exception {
        var seen = new ArrayList<Boolean>();
        sharesAfter(() -> Thread.currentThread().interrupt(), () -> {
            seen.add(Thread.currentThread().isInterrupted());
            Asyncio.sleep(Duration.ZERO);
            seen.add(Thread.currentThread().isInterrupted());
        });
        assertThat(seen).containsExactly(false, false);
    }

    @Test
    void tasks_inARow_areThemselves() throws Exception {
        var variable = new ContextVar<Integer>("number");
        var seen = new ArrayList<String>();
        Scene.run(() -> {
            var tasks = new ArrayList<Task<?>>();
            for (int i = 0; i < 20; i++) {
                int number = i;
                variable.set(number);
                tasks.add(Asyncio.createTask(() -> {
                    var me = Asyncio.currentTask().orElseThrow();
                    if (number % 3 == 0) {
                        Asyncio.sleep(Duration.ZERO);
                    }
                    assertThat(Asyncio.currentTask()).contains(me);
                    assertThat(tasks.indexOf(me)).isEqualTo(number);
                    seen.add(number + "=" + variable.get());
                }));
            }
            Asyncio.gather(tasks);
        });
        assertThat(seen)
                .startsWith("1=1", "2=2", "4=4")
                .endsWith("15=15", "18=18")
                .hasSize(20);
        assertThat(seen).allMatch(line -> line.matches("(\\d+)=\\1"));
    }

    @Test
    void failures_inARow_areEachItsOwn() throws Exception {
        Scene.run(() -> {
            Task<?> fails = Asyncio.createTask(() -> {
                throw new IllegalStateException("first");
            });
            Task<String> returns = Asyncio.createTask(() -> "second");
            Task<?> waitsAndFails = Asyncio.createTask(() -> {
                Asyncio.sleep(Duration.ZERO);
                throw new IllegalStateException("third");
            });
            assertThatIllegalStateException().isThrownBy(fails::await).withMessage("first");
            assertThat(returns.await()).isEqualTo("second");
            assertThatIllegalStateException().isThrownBy(waitsAndFails::await).withMessage("third");
        });
    }

    @Test
    void cancel_ofTheSecond_beforeItBegins_isFollowed() throws Exception {
        var ran = new ArrayList<String>();
        Scene.run(() -> {
            var tasks = new ArrayList<Task<?>>();
            tasks.add(Asyncio.createTask(() -> {
                ran.add("first");
                tasks.getLast().cancel();
            }));
            tasks.add(Asyncio.createTask(() -> ran.add("second")));
            assertThatExceptionOfType(CancelledError.class)
                    .isThrownBy(() -> tasks.getLast().await());
        });
        assertThat(ran).containsExactly("first");
    }

    @Test
    @Tag("native")
    void cancel_ofTheSecond_whileItBlocksInTheJdk_reachesIt() throws Exception {
        Scene.run(() -> {
            Asyncio.createTask(() -> {});
            var blocked = Asyncio.createTask(() -> new CountDownLatch(1).await());
            Asyncio.sleep(Duration.ofMillis(1));
            blocked.cancel();
            assertThatExceptionOfType(CancelledError.class).isThrownBy(blocked::await);
        });
    }

    @Test
    void first_thatHasEnded_isNotHeldByTheSecond() throws Exception {
        Scene.run(() -> {
            Future<Boolean> over = Asyncio.getRunningLoop().createFuture();
            WeakReference<Task<?>> first = new WeakReference<>(Asyncio.createTask(() -> new byte[1000]));
            var second = Asyncio.createTask(() -> over.await());
            Asyncio.sleep(Duration.ZERO);
            Asyncio.sleep(Duration.ZERO);
            for (int i = 0; i < 50 && first.get() != null; i++) {
                System.gc();
                Asyncio.sleep(Duration.ofMillis(1));
            }
            assertThat(first.get()).isNull();
            over.setResult(true);
            second.await();
        });
    }
}
