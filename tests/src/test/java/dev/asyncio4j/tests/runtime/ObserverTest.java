package dev.asyncio4j.tests.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.EventLoop;
import dev.asyncio4j.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Taking the stack of a coroutine from another thread, as debuggers and profilers do, changes nothing of what it does. */
class ObserverTest {

    private static final int TASKS = 20;
    private static final int ROUNDS = 500;

    @Test
    void stacksTakenAllTheTime_stepsKeepTheirOrder() throws Exception {
        List<Integer> undisturbed = Scene.play(() -> new Dance().perform());
        assertThat(undisturbed).hasSize(TASKS * ROUNDS * 4);

        List<Integer> observed;
        long stacks;
        try (var observers = new Observers()) {
            observed = Scene.play(() -> new Dance(observers.threads).perform());
            stacks = observers.stacks.get();
        }

        assertThat(observed).isEqualTo(undisturbed);
        assertThat(stacks).isGreaterThan(TASKS);
    }

    @Tag("native")
    @Test
    @SuppressWarnings("ThreadPriorityCheck") // a yield suspends as other calls do
    void stacksTakenAllTheTime_noWakeUpOfABlockedTaskIsLost() throws Exception {
        var sum = new AtomicInteger();

        try (var observers = new Observers()) {
            Scene.run(() -> {
                var queue = new ArrayBlockingQueue<Integer>(1);
                var consumer = Asyncio.createTask(() -> {
                    observers.threads.add(Thread.currentThread());
                    for (int i = 0; i < ROUNDS; i++) {
                        sum.addAndGet(queue.take());
                    }
                });
                var bystander = Asyncio.createTask(() -> {
                    observers.threads.add(Thread.currentThread());
                    while (!consumer.done()) {
                        Thread.yield();
                        Asyncio.sleep(Duration.ZERO);
                    }
                });
                observers.threads.add(Thread.currentThread());
                for (int i = 0; i < ROUNDS; i++) {
                    queue.put(1);
                    Thread.yield();
                }
                consumer.await();
                bystander.await();
            });
        }

        assertThat(sum).hasValue(ROUNDS);
    }

    @Tag("native")
    @Test
    void stacksTakenAllTheTime_tasksThatSleepInTheJdkAreWoken() throws Exception {
        var woken = new AtomicInteger();

        try (var observers = new Observers()) {
            Scene.run(() -> {
                var sleepers = new ArrayList<Future<Boolean>>();
                for (int i = 0; i < TASKS; i++) {
                    sleepers.add(Asyncio.createTask(() -> {
                        observers.threads.add(Thread.currentThread());
                        for (int nap = 0; nap < 50; nap++) {
                            Thread.sleep(Duration.ofNanos(100_000));
                            woken.incrementAndGet();
                        }
                        return true;
                    }));
                }
                Asyncio.gather(sleepers);
            });
        }

        assertThat(woken).hasValue(TASKS * 50);
    }

    /** Tasks that take turns in every way that needs no time; the order of their steps is a matter of rules alone. */
    private static final class Dance {

        private final List<Thread> threads;
        private final List<Integer> steps = new ArrayList<>();
        private final List<Future<Integer>> next = new ArrayList<>();

        Dance() {
            this(new ArrayList<>());
        }

        Dance(List<Thread> threads) {
            this.threads = threads;
        }

        List<Integer> perform() {
            return Asyncio.run(() -> {
                EventLoop loop = Asyncio.getRunningLoop();
                var dancers = new ArrayList<Future<Boolean>>();
                for (int i = 0; i < TASKS; i++) {
                    int number = i;
                    next.add(loop.createFuture());
                    dancers.add(loop.createTask(() -> dance(loop, number)));
                }
                Asyncio.gather(dancers);
                return steps;
            });
        }

        private boolean dance(EventLoop loop, int number) {
            threads.add(Thread.currentThread());
            for (int round = 0; round < ROUNDS; round++) {
                Asyncio.sleep(Duration.ZERO);
                steps.add(number);
                handOver(loop, number);
                steps.add(number + 1_000);
                Future<Boolean> called = loop.createFuture();
                loop.callSoon(() -> called.setResult(true));
                called.await();
                steps.add(number + 2_000);
                if (round % 2 == number % 2) {
                    Asyncio.createTask(() -> steps.add(number + 3_000)).await();
                } else {
                    steps.add(number + 4_000);
                }
            }
            return true;
        }

        /** Wakes the neighbour, if it waits, and waits to be woken, if one is left who can do that. */
        private void handOver(EventLoop loop, int number) {
            Future<Integer> neighbours = next.get((number + 1) % TASKS);
            if (!neighbours.done()) {
                neighbours.setResult(number);
            }
            if (next.get(number).done()) {
                next.set(number, loop.createFuture());
            }
        }
    }

    /** Threads that take stacks of the given ones, and of all platform threads, without a pause. */
    private static final class Observers implements AutoCloseable {

        final List<Thread> threads = new CopyOnWriteArrayList<>();
        final AtomicLong stacks = new AtomicLong();
        private final List<Thread> observers = new ArrayList<>();
        private volatile boolean over;

        Observers() {
            observers.add(Thread.ofPlatform().daemon().start(this::observeCoroutines));
            observers.add(Thread.ofPlatform().daemon().start(this::observeCoroutines));
            observers.add(Thread.ofPlatform().daemon().start(this::observeEverything));
        }

        private void observeCoroutines() {
            while (!over) {
                threads.forEach(thread -> {
                    thread.getStackTrace();
                    stacks.incrementAndGet();
                });
                Thread.onSpinWait();
            }
        }

        private void observeEverything() {
            while (!over) {
                Thread.getAllStackTraces();
            }
        }

        @Override
        public void close() {
            over = true;
            for (Thread observer : observers) {
                while (observer.isAlive()) {
                    Thread.onSpinWait();
                }
            }
        }
    }
}
