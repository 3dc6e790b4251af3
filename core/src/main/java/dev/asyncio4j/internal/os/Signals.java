package dev.asyncio4j.internal.os;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * Signals of the operating system, by way of {@code sun.misc.Signal}, which is reached by reflection since it is no part of
 * the Java API; where it is missing, nothing is handled.
 */
public final class Signals {

    private static final String INTERRUPT = "INT";

    private Signals() {}

    /** A handler that is in force. */
    @FunctionalInterface
    public interface Registration {

        /** Puts the handler back that was there before, if this one is still in force. */
        void restore();
    }

    /**
     * Handles Ctrl-C.
     *
     * <p>Does nothing if the program handles it itself (RUN-4), or if the platform refuses.
     *
     * @param reaction what to do, on the thread that delivers signals
     * @return the way back
     */
    public static Registration handleInterrupt(Runnable reaction) {
        try {
            return install(INTERRUPT, reaction);
        } catch (ReflectiveOperationException | RuntimeException e) {
            return () -> {};
        }
    }

    private static Registration install(String name, Runnable reaction) throws ReflectiveOperationException {
        Class<?> signalType = Class.forName("sun.misc.Signal");
        Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
        Object signal = signalType.getConstructor(String.class).newInstance(name);
        var handle = signalType.getMethod("handle", signalType, handlerType);
        Object ours = handlerProxy(handlerType, reaction);
        Object before = handle.invoke(null, signal, ours);
        if (!isDefault(handlerType, before)) {
            handle.invoke(null, signal, before);
            return () -> {};
        }
        return () -> restore(() -> handle.invoke(null, signal, before));
    }

    private static boolean isDefault(Class<?> handlerType, @Nullable Object handler)
            throws ReflectiveOperationException {
        Object defaultHandler = handlerType.getField("SIG_DFL").get(null);
        return handler == null
                || handler == defaultHandler
                || handler.getClass().getName().startsWith("java.lang.Terminator")
                || handler.getClass().getName().startsWith("jdk.internal.misc.Signal$NativeHandler")
                || handler.getClass().getName().startsWith("sun.misc.Signal$SunMiscHandler");
    }

    private static Object handlerProxy(Class<?> handlerType, Runnable reaction) {
        InvocationHandler invocation = (proxy, method, arguments) -> switch (method.getName()) {
            case "handle" -> {
                reaction.run();
                yield null;
            }
            case "equals" -> arguments != null && proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> "asyncio4j's handler of Ctrl-C";
        };
        return Proxy.newProxyInstance(handlerType.getClassLoader(), new Class<?>[] {handlerType}, invocation);
    }

    @FunctionalInterface
    private interface Reflective {
        @Nullable
        Object invoke() throws ReflectiveOperationException;
    }

    private static void restore(Reflective call) {
        try {
            call.invoke();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the handler of Ctrl-C could not be put back", e);
        }
    }
}
