package dev.asyncio4j.tests.parity;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A method with {@link Twin}.
 *
 * @param method the method
 */
record TwinMethod(Method method) {

    /** Far more than any twin takes: one that takes it hangs. */
    private static final Duration LIMIT = Duration.ofSeconds(10);

    String scenario() {
        return annotation().value();
    }

    /** What it is to print where that is not what CPython prints; else empty. */
    List<String> prints() {
        return annotation().prints().lines().toList();
    }

    private Twin annotation() {
        return method.getAnnotation(Twin.class);
    }

    /** Opens the method in an IDE. */
    URI source() {
        return URI.create("method:" + method.getDeclaringClass().getName() + "#" + method.getName() + "("
                + Trace.class.getName() + ")");
    }

    /** Runs it on a platform thread of its own, so that no thread-local context outlives it. */
    List<String> run() throws InterruptedException {
        var trace = new Trace();
        var failure = new AtomicReference<Throwable>();
        Thread thread = Thread.ofPlatform().daemon().name(scenario()).start(() -> invoke(trace, failure));
        if (!thread.join(LIMIT)) {
            throw hanging(thread, trace);
        }
        if (failure.get() != null) {
            throw new AssertionError(
                    this + " failed after printing\n" + String.join("\n", trace.lines()), failure.get());
        }
        return trace.lines();
    }

    private void invoke(Trace trace, AtomicReference<Throwable> failure) {
        try {
            method.invoke(null, trace);
        } catch (InvocationTargetException e) {
            failure.set(e.getCause());
        } catch (IllegalAccessException e) {
            failure.set(e);
        }
    }

    private AssertionError hanging(Thread thread, Trace trace) {
        var where = new IllegalStateException("this is where the loop's thread is");
        where.setStackTrace(thread.getStackTrace());
        return new AssertionError(this + " hangs after printing\n" + String.join("\n", trace.lines()), where);
    }

    @Override
    public String toString() {
        return method.getDeclaringClass().getSimpleName() + "." + method.getName();
    }
}
