package dev.asyncio4j.tests.parity;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** Ctrl-C and its kin, pressed by the program itself: Python's {@code signal.raise_signal(signal.SIGINT)}. */
final class Sigint {

    private static final MethodHandle NAMED;
    private static final MethodHandle RAISE;

    /* Found by name: javac warns of every direct use of the JDK's class, and nothing can suppress that. */
    static {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            var lookup = MethodHandles.publicLookup();
            NAMED = lookup.findConstructor(signal, MethodType.methodType(void.class, String.class));
            RAISE = lookup.findStatic(signal, "raise", MethodType.methodType(void.class, signal));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private Sigint() {}

    /** Sends the signal to this process. */
    static void raise() {
        raise("INT");
    }

    /** Sends a signal to this process. */
    static void raise(String name) {
        try {
            RAISE.invoke(NAMED.invoke(name));
        } catch (Throwable e) {
            throw new IllegalStateException("no SIG" + name + " could be raised", e);
        }
    }
}
