package dev.asyncio4j;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A loop that can do nothing yet: every method throws {@link UnsupportedOperationException}.
 *
 * <p>To be extended by loops that are made differently from {@link BaseEventLoop}, or that wrap another loop and change a
 * few of its methods.
 */
public abstract class AbstractEventLoop implements EventLoop {

    /** For subclasses. */
    protected AbstractEventLoop() {}

    private static UnsupportedOperationException unsupported(String method) {
        return new UnsupportedOperationException("this event loop does not implement " + method);
    }

    @Override
    public void runForever() {
        throw unsupported("runForever");
    }

    @Override
    public <T extends @Nullable Object> T runUntilComplete(Future<T> future) {
        throw unsupported("runUntilComplete");
    }

    @Override
    public <T extends @Nullable Object, X extends Throwable> T runUntilComplete(Coroutine<T, X> main) throws X {
        throw unsupported("runUntilComplete");
    }

    @Override
    public void stop() {
        throw unsupported("stop");
    }

    @Override
    public boolean isRunning() {
        throw unsupported("isRunning");
    }

    @Override
    public boolean isClosed() {
        throw unsupported("isClosed");
    }

    @Override
    public void close() {
        throw unsupported("close");
    }

    @Override
    public Duration time() {
        throw unsupported("time");
    }

    @Override
    public Handle callSoon(Runnable callback) {
        throw unsupported("callSoon");
    }

    @Override
    public Handle callSoon(Runnable callback, Context context) {
        throw unsupported("callSoon");
    }

    @Override
    public Handle callSoonThreadsafe(Runnable callback) {
        throw unsupported("callSoonThreadsafe");
    }

    @Override
    public TimerHandle callLater(Duration delay, Runnable callback) {
        throw unsupported("callLater");
    }

    @Override
    public TimerHandle callAt(Duration when, Runnable callback) {
        throw unsupported("callAt");
    }

    @Override
    public <T extends @Nullable Object> Future<T> createFuture() {
        throw unsupported("createFuture");
    }

    @Override
    public <T extends @Nullable Object> Future<T> createFuture(String label) {
        throw unsupported("createFuture");
    }

    @Override
    public <T extends @Nullable Object> Task<T> createTask(Coroutine<T, ?> body) {
        throw unsupported("createTask");
    }

    @Override
    public <T extends @Nullable Object> Task<T> createTask(Coroutine<T, ?> body, TaskOptions options) {
        throw unsupported("createTask");
    }

    @Override
    public <T extends @Nullable Object> Future<T> runInExecutor(@Nullable Executor executor, Callable<T> job) {
        throw unsupported("runInExecutor");
    }

    @Override
    public void setDefaultExecutor(ExecutorService executor) {
        throw unsupported("setDefaultExecutor");
    }

    @Override
    public void shutdownDefaultExecutor(Duration timeout) {
        throw unsupported("shutdownDefaultExecutor");
    }

    @Override
    public void shutdownAsyncgens() {
        throw unsupported("shutdownAsyncgens");
    }

    @Override
    public void setExceptionHandler(@Nullable ExceptionHandler handler) {
        throw unsupported("setExceptionHandler");
    }

    @Override
    public @Nullable ExceptionHandler getExceptionHandler() {
        throw unsupported("getExceptionHandler");
    }

    @Override
    public void defaultExceptionHandler(ExceptionContext context) {
        throw unsupported("defaultExceptionHandler");
    }

    @Override
    public void callExceptionHandler(ExceptionContext context) {
        throw unsupported("callExceptionHandler");
    }

    @Override
    public void setDebug(boolean enabled) {
        throw unsupported("setDebug");
    }

    @Override
    public boolean getDebug() {
        throw unsupported("getDebug");
    }

    @Override
    public Handle callSoonThreadsafe(Runnable callback, Context context) {
        throw unsupported("callSoonThreadsafe");
    }

    @Override
    public TimerHandle callLater(Duration delay, Runnable callback, Context context) {
        throw unsupported("callLater");
    }

    @Override
    public TimerHandle callAt(Duration when, Runnable callback, Context context) {
        throw unsupported("callAt");
    }

    @Override
    public void setTaskFactory(@Nullable TaskFactory factory) {
        throw unsupported("setTaskFactory");
    }

    @Override
    public @Nullable TaskFactory getTaskFactory() {
        throw unsupported("getTaskFactory");
    }

    @Override
    public Duration slowCallbackDuration() {
        throw unsupported("slowCallbackDuration");
    }

    @Override
    public void slowCallbackDuration(Duration limit) {
        throw unsupported("slowCallbackDuration");
    }

    @Override
    public <T extends @Nullable Object> Future<T> createFuture(
            String label, Supplier<? extends Set<? extends Future<?>>> dependencies) {
        throw unsupported("createFuture");
    }

    @Override
    public void addSignalHandler(String signal, Runnable callback) {
        throw unsupported("addSignalHandler");
    }

    @Override
    public boolean removeSignalHandler(String signal) {
        throw unsupported("removeSignalHandler");
    }
}
