package dev.asyncio4j.tests.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.Future;
import dev.asyncio4j.TaskOptions;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A wait where the stack cannot be left fails, and names the frame; the loop and the other tasks go on. */
@Tag("native")
class PinnedWaitTest {

    private static final Duration MOMENT = Duration.ofMillis(1);

    /** Waits in its static initializer. */
    static final class WaitsForTime {
        static {
            Asyncio.sleep(Duration.ofMillis(1));
        }

        private WaitsForTime() {}
    }

    static final class YieldsTheLoop {
        static {
            Asyncio.sleep(Duration.ZERO);
        }

        private YieldsTheLoop() {}
    }

    static final class WaitsForATask {
        static {
            Asyncio.createTask(Thread::currentThread).await();
        }

        private WaitsForATask() {}
    }

    static final class StartsATaskEagerly {
        static {
            Asyncio.createTask(Thread::currentThread, TaskOptions.DEFAULT.withEagerStart(true));
        }

        private StartsATaskEagerly() {}
    }

    enum Wait {
        FOR_TIME(WaitsForTime.class),
        FOR_A_TURN(YieldsTheLoop.class),
        FOR_A_TASK(WaitsForATask.class),
        FOR_AN_EAGER_START(StartsATaskEagerly.class);

        private final Class<?> waiting;

        Wait(Class<?> waiting) {
            this.waiting = waiting;
        }

        void initialize() throws ClassNotFoundException {
            FreshLoader.initialize(waiting);
        }
    }

    @ParameterizedTest
    @EnumSource
    void wait_inAStaticInitializer_failsAndNamesIt(Wait wait) throws Exception {
        var thrown = new ArrayList<Throwable>();

        Scene.run(() -> thrown.add(catchThrowable(wait::initialize)));

        assertThat(thrown.getFirst())
                .isInstanceOf(ExceptionInInitializerError.class)
                .hasRootCauseInstanceOf(IllegalStateException.class)
                .rootCause()
                .hasMessageContaining("static initializer of " + wait.waiting.getName())
                .hasMessageContaining("PinnedWaitTest.java:");
    }

    @ParameterizedTest
    @EnumSource
    void wait_inAStaticInitializer_failsThatTaskOnly(Wait wait) throws Exception {
        var trail = new ArrayList<String>();

        Scene.run(() -> {
            var other = Asyncio.createTask(() -> {
                for (int turn = 0; turn < 3; turn++) {
                    Asyncio.sleep(MOMENT);
                    trail.add("another runs");
                }
            });
            var pinned = Asyncio.createTask(() -> {
                wait.initialize();
                return true;
            });
            other.await();
            trail.add(Asyncio.gatherOutcomes(List.of(pinned)).getFirst().toString());
        });

        assertThat(trail).hasSize(4).startsWith("another runs", "another runs", "another runs");
        assertThat(trail.getLast()).contains("ExceptionInInitializerError");
    }

    /** Nothing of the wait that failed is left over to end a later one. */
    @ParameterizedTest
    @EnumSource
    void wait_afterOneThatFailed_waitsAsItShould(Wait wait) throws Exception {
        var trail = new ArrayList<String>();

        Scene.run(() -> {
            Future<String> future = Asyncio.getRunningLoop().createFuture();
            var task = Asyncio.createTask(() -> {
                Scene.fail(wait::initialize);
                trail.add("failed");
                trail.add(future.await());
                Asyncio.sleep(Duration.ZERO);
                trail.add("waited again");
            });
            while (trail.isEmpty()) {
                Asyncio.sleep(Duration.ZERO);
            }
            for (int turn = 0; turn < 5; turn++) {
                Asyncio.sleep(MOMENT);
            }
            trail.add("others had their turns");
            future.setResult("the value came");
            task.await();
        });

        assertThat(trail).containsExactly("failed", "others had their turns", "the value came", "waited again");
    }

    /** As above, but blocked in the JDK by the time at which a left-over turn would come. */
    @ParameterizedTest
    @EnumSource
    void blockingCall_afterAWaitThatFailed_leavesTheLoopToOthers(Wait wait) throws Exception {
        var trail = new ArrayList<String>();

        Scene.run(() -> {
            var queue = new java.util.concurrent.ArrayBlockingQueue<String>(1);
            var task = Asyncio.createTask(() -> {
                Scene.fail(wait::initialize);
                trail.add("failed");
                trail.add(queue.take());
            });
            while (trail.isEmpty()) {
                Asyncio.sleep(Duration.ZERO);
            }
            for (int turn = 0; turn < 5; turn++) {
                Asyncio.sleep(MOMENT);
            }
            trail.add("others had their turns");
            queue.put("the value came");
            task.await();
        });

        assertThat(trail).containsExactly("failed", "others had their turns", "the value came");
    }

    @Test
    void wait_belowANativeFrame_fails() throws Exception {
        var thrown = new ArrayList<Throwable>();

        Scene.run(() -> {
            var pinned = Asyncio.createTask(() -> Native.sortWith(() -> {
                if (thrown.isEmpty()) {
                    thrown.add(catchThrowable(() -> Asyncio.sleep(MOMENT)));
                }
            }));
            pinned.await();
            Asyncio.sleep(MOMENT);
        });

        assertThat(thrown.getFirst())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cannot wait inside")
                .hasMessageContaining("native");
    }

    /** A long computation that ends in an ordinary wait is not taken for a wait that pins. */
    @Test
    void wait_afterALongComputation_isLeftAlone() throws Exception {
        Scene.run(() -> {
            for (int round = 0; round < 20; round++) {
                computeFor(Duration.ofMillis(60));
                Asyncio.sleep(Duration.ofMillis(30));
            }
        });
    }

    private static void computeFor(Duration length) {
        long end = System.nanoTime() + length.toNanos();
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    /** Defines a class anew, for it is initialized but once. */
    private static final class FreshLoader extends ClassLoader {

        private final Class<?> known;

        private FreshLoader(Class<?> known) {
            super(known.getClassLoader());
            this.known = known;
        }

        static void initialize(Class<?> known) throws ClassNotFoundException {
            Class.forName(known.getName(), true, new FreshLoader(known));
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            return name.equals(known.getName()) ? define(name) : super.loadClass(name, resolve);
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (var in = known.getResourceAsStream("/" + name.replace('.', '/') + ".class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (java.io.IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    /** C's qsort, which calls back to compare. */
    @SuppressWarnings("restricted")
    private static final class Native {

        private static final Linker LINKER = Linker.nativeLinker();
        private static final FunctionDescriptor COMPARATOR =
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS);

        private final Runnable onCompare;

        private Native(Runnable onCompare) {
            this.onCompare = onCompare;
        }

        static void sortWith(Runnable onCompare) throws Exception {
            MethodHandle sort = LINKER.downcallHandle(
                    LINKER.defaultLookup().find("qsort").orElseThrow(),
                    FunctionDescriptor.ofVoid(
                            ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS));
            MethodHandle compare = MethodHandles.lookup()
                    .bind(
                            new Native(onCompare),
                            "compare",
                            MethodType.methodType(int.class, MemorySegment.class, MemorySegment.class));
            try (var arena = Arena.ofConfined()) {
                var numbers = arena.allocateFrom(ValueLayout.JAVA_INT, 2, 1);
                sort.invoke(numbers, 2L, 4L, LINKER.upcallStub(compare, COMPARATOR, arena));
            } catch (RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new AssertionError(e);
            }
        }

        @SuppressWarnings("unused") // by its handle
        private int compare(MemorySegment left, MemorySegment right) {
            onCompare.run();
            return 0;
        }
    }
}
