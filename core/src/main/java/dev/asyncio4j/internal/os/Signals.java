package dev.asyncio4j.internal.os;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Signals of the operating system, by way of {@code sun.misc.Signal}, which is reached by reflection since it is no part of
 * the Java API.
 *
 * <p><b>Threads.</b> Any. Reactions run on the thread that delivers a signal.
 */
public final class Signals {
    /*
     * The JVM knows one handler for each signal, and there may be several loops, which come and go in any order. So the first
     * reaction to a signal installs a dispatcher, the last one that goes takes it away again, and what the JVM did before is
     * kept meanwhile. Reactions by default, such as a runner's to Ctrl-C, stand back while a program has asked for the signal
     * itself.
     */

    private static final String INTERRUPT = "INT";

    private static final Map<String, Dispatcher> DISPATCHERS = new HashMap<>(); // guarded by itself

    private Signals() {}

    /** A reaction that is in force. */
    @FunctionalInterface
    public interface Registration {

        /** Takes the reaction back; after the last one, the handler is in force again that was there before the first. */
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
        return handleByDefault(INTERRUPT, reaction);
    }

    /**
     * Handles a signal unless the program handles it itself, or the platform refuses: then this does nothing.
     *
     * @param name the signal, such as {@code TERM}
     * @param reaction what to do, on the thread that delivers signals
     * @return the way back
     */
    public static Registration handleByDefault(String name, Runnable reaction) {
        synchronized (DISPATCHERS) {
            var dispatcher = DISPATCHERS.get(name);
            if (dispatcher != null && dispatcher.hasDefault()) {
                return () -> {};
            }
            try {
                return register(name, new Reaction(reaction, true));
            } catch (RuntimeException e) { // unknown here, or the JVM's own
                return () -> {};
            }
        }
    }

    /**
     * Handles a signal.
     *
     * @param name the signal, such as {@code TERM}
     * @param reaction what to do, on the thread that delivers signals
     * @return the way back
     * @throws IllegalArgumentException if there is no such signal
     * @throws IllegalStateException if it cannot be handled: nobody can, or the JVM needs it
     * @throws UnsupportedOperationException if this JVM hands no signals over
     */
    public static Registration handle(String name, Runnable reaction) {
        synchronized (DISPATCHERS) {
            return register(name, new Reaction(reaction, false));
        }
    }

    /** What somebody wants to be done. */
    private record Reaction(Runnable body, boolean byDefault) {}

    private static Registration register(String name, Reaction reaction) {
        var dispatcher = DISPATCHERS.get(name);
        if (dispatcher == null) {
            dispatcher = new Dispatcher(name);
            if (!dispatcher.install(reaction.byDefault())) {
                return () -> {};
            }
            DISPATCHERS.put(name, dispatcher);
        }
        var registered = dispatcher;
        registered.reactions.add(reaction);
        return () -> unregister(name, registered, reaction);
    }

    private static void unregister(String name, Dispatcher dispatcher, Reaction reaction) {
        synchronized (DISPATCHERS) {
            if (dispatcher.reactions.remove(reaction) && dispatcher.reactions.isEmpty()) {
                DISPATCHERS.remove(name);
                dispatcher.uninstall();
            }
        }
    }

    /** Our one handler of a signal, as the JVM sees it. */
    private static final class Dispatcher {
        private final List<Reaction> reactions = new CopyOnWriteArrayList<>();
        private final Object signal;
        private final Object handler;
        private final Class<?> handlerType;
        private final Method handle;
        private @Nullable Object before;

        Dispatcher(String name) {
            try {
                Class<?> signalType = Class.forName("sun.misc.Signal");
                handlerType = Class.forName("sun.misc.SignalHandler");
                handle = signalType.getMethod("handle", signalType, handlerType);
                signal = signalType.getConstructor(String.class).newInstance(name);
            } catch (InvocationTargetException e) {
                throw new IllegalArgumentException("there is no signal " + name, e);
            } catch (ReflectiveOperationException e) {
                throw new UnsupportedOperationException("this JVM hands no signals over", e);
            }
            handler = handlerProxy();
        }

        boolean hasDefault() {
            return reactions.stream().anyMatch(Reaction::byDefault);
        }

        /** Returns false if the program handles the signal itself and that is to be respected. */
        boolean install(boolean respectOthers) {
            before = exchange(handler);
            if (respectOthers && !isDefault(before)) {
                exchange(before);
                return false;
            }
            return true;
        }

        /** Puts back what was there before, unless somebody has put something else there meanwhile. */
        void uninstall() {
            var current = exchange(before);
            if (current != handler) {
                exchange(current);
            }
        }

        private @Nullable Object exchange(@Nullable Object next) {
            try {
                return handle.invoke(null, signal, next);
            } catch (InvocationTargetException e) {
                throw new IllegalStateException(signal + " cannot be handled: " + e.getCause(), e);
            } catch (IllegalAccessException e) {
                throw new UnsupportedOperationException("this JVM hands no signals over", e);
            }
        }

        private boolean isDefault(@Nullable Object other) {
            if (other == null) {
                return true;
            }
            try {
                var type = other.getClass().getName();
                return other == handlerType.getField("SIG_DFL").get(null)
                        || type.startsWith("java.lang.Terminator")
                        || type.startsWith("jdk.internal.misc.Signal$NativeHandler")
                        || type.startsWith("sun.misc.Signal$SunMiscHandler");
            } catch (ReflectiveOperationException e) {
                throw new UnsupportedOperationException("this JVM hands no signals over", e);
            }
        }

        private void deliver() {
            var asked =
                    reactions.stream().filter(reaction -> !reaction.byDefault()).toList();
            (asked.isEmpty() ? reactions : asked)
                    .forEach(reaction -> reaction.body().run());
        }

        private Object handlerProxy() {
            InvocationHandler invocation = (proxy, method, arguments) -> switch (method.getName()) {
                case "handle" -> {
                    deliver();
                    yield null;
                }
                case "equals" -> arguments != null && proxy == arguments[0];
                case "hashCode" -> System.identityHashCode(proxy);
                default -> "asyncio4j's handler of " + signal;
            };
            return Proxy.newProxyInstance(handlerType.getClassLoader(), new Class<?>[] {handlerType}, invocation);
        }
    }
}
