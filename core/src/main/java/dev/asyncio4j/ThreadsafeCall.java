package dev.asyncio4j;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The outcome of a task, for a thread outside its loop (EXE-5). */
final class ThreadsafeCall<T extends @Nullable Object> extends CompletableFuture<T> {

    private final EventLoop loop;

    /** Loop thread only. */
    private @Nullable Task<T> task;

    private ThreadsafeCall(EventLoop loop) {
        this.loop = Objects.requireNonNull(loop, "loop");
    }

    static <T extends @Nullable Object> CompletableFuture<T> start(Coroutine<T, ?> body, EventLoop loop) {
        Objects.requireNonNull(body, "body");
        var call = new ThreadsafeCall<T>(loop);
        loop.callSoonThreadsafe(() -> call.begin(body));
        call.endWithLoop();
        return call;
    }

    /** A loop that is closed answers no more: whoever waits is told. */
    @SuppressWarnings("FutureReturnValueIgnored") // it is this future that matters
    private void endWithLoop() {
        if (loop instanceof BaseEventLoop base) {
            Runnable onClose = () -> completeExceptionally(
                    new IllegalStateException("the event loop was closed before the coroutine had ended"));
            base.addCloseAction(onClose);
            whenComplete((_, _) -> base.removeCloseAction(onClose));
        }
    }

    private void begin(Coroutine<T, ?> body) {
        if (isCancelled()) {
            return;
        }
        try {
            Task<T> started = loop.createTask(body);
            task = started;
            started.addDoneCallback(this::ended);
        } catch (RuntimeException e) {
            completeExceptionally(e);
            throw e;
        }
    }

    private void ended(Future<T> done) {
        if (done.cancelled()) {
            super.cancel(false);
            return;
        }
        Throwable exception = done.exception();
        if (exception == null) {
            complete(done.result());
        } else {
            completeExceptionally(exception);
        }
    }

    /** Cancels the task too. */
    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        if (cancelled) {
            handOver(this::cancelTask);
        }
        return cancelled;
    }

    /** A loop that has been closed, or is meanwhile, has ended the task. */
    private void handOver(Runnable action) {
        try {
            loop.callSoonThreadsafe(action);
        } catch (IllegalStateException e) {
            if (!loop.isClosed()) {
                throw e;
            }
        }
    }

    private void cancelTask() {
        Task<T> started = task;
        if (started != null) {
            started.cancel();
        }
    }
}
