package dev.asyncio4j.internal.coroutine;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How fibers are made: natively, on the loop's own thread, or portably, by handing a baton.
 *
 * <p>Which one a process uses is settled at the first call of {@link #preferred}: native where the JDK's internals are
 * open and behave as expected, else portable. The system property {@code asyncio4j.runtime} (auto, native or portable)
 * overrides.
 */
public abstract sealed class FiberRuntime permits NativeRuntime, PortableRuntime {

    /** The system property that chooses the runtime. */
    public static final String PROPERTY = "asyncio4j.runtime";

    FiberRuntime() {}

    /**
     * Makes a fiber that has not run yet.
     *
     * @param carrier the thread it is to run on
     * @param host what it runs
     * @return a new fiber
     */
    public abstract Fiber newFiber(Carrier carrier, Fiber.Host host);

    /**
     * Returns the runtime's name.
     *
     * @return {@code native} or {@code portable}
     */
    public abstract String name();

    /**
     * Tells why this is not the native runtime.
     *
     * @return the reason and the cure, or null for the native runtime
     */
    public abstract @Nullable String shortcoming();

    /**
     * Returns the runtime of this process.
     *
     * @return the native one where it works
     * @throws IllegalStateException if the property asks for the native runtime and it does not work here
     */
    public static FiberRuntime preferred() {
        return Preferred.RUNTIME;
    }

    /**
     * Returns the runtime with the given name.
     *
     * @param name {@code auto}, {@code native} or {@code portable}
     * @return that runtime
     * @throws IllegalArgumentException if there is no such name
     * @throws IllegalStateException if the native runtime is asked for and does not work here
     */
    public static FiberRuntime named(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "auto" -> Native.FOUND.runtime();
            case "native" -> Native.FOUND.orThrow();
            case "portable" -> new PortableRuntime("the property " + PROPERTY + " asks for it");
            default ->
                throw new IllegalArgumentException(
                        "no runtime is called \"" + name + "\": " + PROPERTY + " is auto, native or portable");
        };
    }

    private static final class Preferred {
        static final FiberRuntime RUNTIME = named(System.getProperty(PROPERTY, "auto"));
    }

    private static final class Native {
        static final NativeProbe.Outcome FOUND = NativeProbe.run();
    }
}
