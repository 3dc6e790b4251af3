package dev.asyncio4j.tests.parity;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** Ctrl-C, pressed by the program itself: Python's {@code signal.raise_signal(signal.SIGINT)}. */
final class Sigint {

    private static final MethodHandle RAISE = find();

    private Sigint() {}

    /** Found by name: javac warns of every direct use of the JDK's class, and nothing can suppress that. */
    private static MethodHandle find() {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            var lookup = MethodHandles.publicLookup();
            MethodHandle named = lookup.findConstructor(signal, MethodType.methodType(void.class, String.class));
            MethodHandle raise = lookup.findStatic(signal, "raise", MethodType.methodType(void.class, signal));
            return raise.bindTo(named.invoke("INT"));
        } catch (Throwable e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Sends the signal to this process. */
    static void raise() {
        try {
            RAISE.invoke();
        } catch (Throwable e) {
            throw new IllegalStateException("no SIGINT could be raised", e);
        }
    }
}
