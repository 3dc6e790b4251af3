package dev.asyncio4j.internal.coroutine;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.stream.Stream;
import jdk.internal.vm.ThreadContainer;
import jdk.internal.vm.ThreadContainers;
import org.jspecify.annotations.Nullable;

/**
 * The threads of one carrier's fibers, which a thread dump lists under the name of their loop.
 *
 * <p>The JDK would keep them in one concurrent set with all virtual threads of the process. Here a fiber has a seat in an
 * array: to come and to go is a store each.
 *
 * <p><b>Threads.</b> Fibers come and go on the carrier's thread. {@link #threads} may be called by any thread at any time: it
 * finds every thread that is alive from its begin to its end, and none twice.
 *
 * <p>The class can be loaded only where the JDK exports {@code jdk.internal.vm} to this module.
 */
final class LoopThreads extends ThreadContainer {

    /*
     * A seat left is given to whoever has the last one, so a fiber only ever moves down. Who reads the seats from the last
     * to the first meets each fiber that stays: at its old seat or, if it has moved meanwhile, further down. For that, the
     * new seat is written before the old one is cleared. A reader that still has an array that was replaced finds in it who
     * was there then.
     */

    private static final int FEWEST_SEATS = 16;

    private static final VarHandle SEAT = MethodHandles.arrayElementVarHandle(NativeFiber[].class);
    private static final MethodHandle START = starter();

    private final Carrier carrier;
    private volatile @Nullable NativeFiber[] seats = new NativeFiber[FEWEST_SEATS];
    private int taken;

    private LoopThreads(Carrier carrier) {
        super(true);
        this.carrier = carrier;
    }

    /** {@code Thread.start(ThreadContainer)}, which the JDK keeps for its own containers. */
    private static MethodHandle starter() {
        try {
            return MethodHandles.privateLookupIn(Thread.class, MethodHandles.lookup())
                    .findVirtual(Thread.class, "start", MethodType.methodType(void.class, ThreadContainer.class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** The list is found by thread dumps for as long as somebody holds it. */
    static LoopThreads of(Carrier carrier) {
        var threads = new LoopThreads(carrier);
        ThreadContainers.registerContainer(threads);
        return threads;
    }

    void start(NativeFiber fiber, Thread thread) {
        comes(fiber);
        try {
            START.invokeExact(thread, (ThreadContainer) this);
        } catch (Error | RuntimeException e) {
            goes(fiber);
            throw e;
        } catch (Throwable e) {
            throw new LinkageError("cannot start a virtual thread in a container of its own", e);
        }
    }

    private void comes(NativeFiber fiber) {
        if (taken == seats.length) {
            seats = Arrays.copyOf(seats, 2 * taken);
        }
        fiber.seat = taken;
        SEAT.setRelease(seats, taken++, fiber);
    }

    void goes(NativeFiber fiber) {
        NativeFiber last = Objects.requireNonNull(seats[--taken]);
        seats[fiber.seat] = last;
        last.seat = fiber.seat;
        SEAT.setRelease(seats, taken, (NativeFiber) null);
        if (taken < seats.length / 4 && taken >= FEWEST_SEATS) {
            seats = Arrays.copyOf(seats, seats.length / 2);
        }
    }

    @Override
    public String name() {
        Thread thread = carrier.thread();
        return thread == null ? "asyncio4j loop that is not running" : "asyncio4j loop of " + thread.getName();
    }

    @Override
    public Stream<Thread> threads() {
        var found = new LinkedHashSet<Thread>();
        @Nullable NativeFiber[] now = seats;
        for (int seat = now.length - 1; seat >= 0; seat--) {
            NativeFiber fiber = (NativeFiber) SEAT.getAcquire(now, seat);
            Thread thread = fiber == null ? null : fiber.thread();
            if (thread != null) {
                found.add(thread);
            }
        }
        return found.stream();
    }
}
