package dev.asyncio4j.internal.coroutine;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Fibers that run on the loop's own thread, by means of the JDK's internals. */
final class NativeRuntime extends FiberRuntime {

    /** {@code ThreadBuilders.newVirtualThread}'s flag for threads that inherit no thread-locals. */
    private static final int NO_INHERIT_THREAD_LOCALS = 1 << 2;

    private static final class Internals {

        static final MethodHandle NEW_VIRTUAL_THREAD;
        static final Executor DEFAULT_SCHEDULER;
        static final @Nullable VarHandle LOCALS = localsIn("threadLocals");
        static final @Nullable VarHandle INHERITABLE_LOCALS = localsIn("inheritableThreadLocals");

        static {
            try {
                Class<?> builders = Class.forName("java.lang.ThreadBuilders");
                NEW_VIRTUAL_THREAD = MethodHandles.privateLookupIn(builders, MethodHandles.lookup())
                        .findStatic(
                                builders,
                                "newVirtualThread",
                                MethodType.methodType(
                                        Thread.class, Executor.class, String.class, int.class, Runnable.class));
                Class<?> virtualThread = Class.forName("java.lang.VirtualThread");
                DEFAULT_SCHEDULER = (Executor) MethodHandles.privateLookupIn(virtualThread, MethodHandles.lookup())
                        .findStatic(virtualThread, "defaultScheduler", MethodType.methodType(Executor.class))
                        .invoke();
            } catch (Throwable e) {
                throw new ExceptionInInitializerError(e);
            }
        }
    }

    /** Whether threads are listed by loop; else the JDK lists them among all, which takes it longer. */
    private static final boolean LISTED_BY_LOOP =
            Object.class.getModule().isExported("jdk.internal.vm", NativeRuntime.class.getModule());

    private static @Nullable VarHandle localsIn(String field) {
        try {
            Class<?> map = Class.forName("java.lang.ThreadLocal$ThreadLocalMap");
            return MethodHandles.privateLookupIn(Thread.class, MethodHandles.lookup())
                    .findVarHandle(Thread.class, field, map);
        } catch (ReflectiveOperationException e) {
            return null; // then every coroutine has a thread of its own
        }
    }

    /** Fails with a linkage error where the internals are closed or other than expected. */
    NativeRuntime() {
        if (Internals.DEFAULT_SCHEDULER == null) {
            throw new IllegalStateException("the JDK has no default scheduler of virtual threads");
        }
    }

    @Override
    public Fiber newFiber(Carrier carrier, Fiber.Host host) {
        return new NativeFiber(this, carrier, host);
    }

    Thread newThread(Executor scheduler, Runnable body) {
        try {
            return (Thread)
                    Internals.NEW_VIRTUAL_THREAD.invokeExact(scheduler, (String) null, NO_INHERIT_THREAD_LOCALS, body);
        } catch (Error | RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new LinkageError("cannot make a virtual thread with a scheduler of its own", e);
        }
    }

    void start(NativeFiber fiber, Thread thread) {
        if (LISTED_BY_LOOP) {
            threadsOf(fiber.carrier).start(fiber, thread);
        } else {
            thread.start();
        }
    }

    void ended(NativeFiber fiber) {
        if (LISTED_BY_LOOP) {
            threadsOf(fiber.carrier).goes(fiber);
        }
    }

    private static LoopThreads threadsOf(Carrier carrier) {
        LoopThreads threads = carrier.threads;
        if (threads == null) {
            threads = LoopThreads.of(carrier);
            carrier.threads = threads;
        }
        return threads;
    }

    /** Whether no thread-local has been set on a thread; no if that cannot be told. */
    boolean hasNoLocals(Thread thread) {
        VarHandle locals = Internals.LOCALS;
        VarHandle inheritable = Internals.INHERITABLE_LOCALS;
        return locals != null && inheritable != null && locals.get(thread) == null && inheritable.get(thread) == null;
    }

    Executor defaultScheduler() {
        return Internals.DEFAULT_SCHEDULER;
    }

    @Override
    public String name() {
        return "native";
    }

    @Override
    public @Nullable String shortcoming() {
        return null;
    }
}
