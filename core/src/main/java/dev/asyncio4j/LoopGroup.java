package dev.asyncio4j;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Several event loops side by side, each on a thread of its own: one loop uses one core.
 *
 * <p>Every loop runs the same coroutine, which is given its number. Nothing is shared between loops but what is made for
 * it: a {@link dev.asyncio4j.sync.Channel}, {@link EventLoop#callSoonThreadsafe}, {@link Asyncio#runCoroutineThreadsafe}.
 * Servers share a port when each listens with {@code withReusePort}, and the system then spreads the connections.
 *
 * {@snippet class="dev.asyncio4j.snippets.Loops" region="loop-group"}
 */
public final class LoopGroup {

    private LoopGroup() {}

    /**
     * Counts the cores.
     *
     * @return how many loops can run at the same time
     */
    public static int cores() {
        return Runtime.getRuntime().availableProcessors();
    }

    /**
     * Runs a coroutine on several new loops, and waits until all have ended. Suspends.
     *
     * <p>A virtual clock stands still meanwhile: the new loops follow the clock on the wall.
     *
     * <p><b>Cancellation.</b> Cancels the coroutine on every loop, and is thrown when all have ended. Ctrl-C does so too.
     *
     * <p><b>Threads.</b> The coroutines run on threads of their own, in copies of the caller's context.
     *
     * <p><b>Errors.</b> As in a {@link TaskGroup}: when one fails the others are cancelled, and the failures are thrown
     * together when all have ended.
     *
     * @param <R> what the coroutine returns
     * @param loops how many loops, such as {@link #cores()}
     * @param main is given the number of its loop, from 0 on
     * @return what they returned, by number
     * @throws ExceptionGroup if any of them failed
     * @throws CancelledError if the caller was cancelled, or a coroutine ended itself by a cancel
     * @throws IllegalArgumentException if {@code loops} is not positive
     */
    public static <R extends @Nullable Object> List<R> run(int loops, CoroutineFunction<Integer, R> main) {
        if (loops <= 0) {
            throw new IllegalArgumentException("a group needs at least one loop, not " + loops);
        }
        Objects.requireNonNull(main, "main");
        var members = new ArrayList<Task<R>>(loops);
        TaskGroup.run(group -> {
            for (int i = 0; i < loops; i++) {
                int number = i;
                members.add(group.createTask(() -> new Member<R>(number).run(() -> main.apply(number))));
            }
        });
        var results = new ArrayList<R>(loops);
        members.forEach(member -> results.add(member.result()));
        return results;
    }

    /** One of the loops, as a task of the group sees it. */
    private static final class Member<R extends @Nullable Object> {

        private static final String WHY = "the group of its loop was cancelled";

        private final int number;
        private final BaseEventLoop home = Asyncio.running("LoopGroup.run");
        private final Future<R> ended;

        /** Written by the member's thread before it begins, read by home's. */
        private volatile @Nullable Task<R> main;

        /** Written by home's thread. */
        private volatile boolean cancelled;

        Member(int number) {
            this.number = number;
            this.ended = home.createFuture("event loop " + number + " of a group");
        }

        R run(Coroutine<R, ?> body) {
            Context context = Asyncio.copyContext();
            try (var _ = home.expectFromOutside("event loop " + number + " of a group")) {
                PlatformThread.start("asyncio-loop-" + number, () -> live(context, body));
                Asyncio.awaitEnd(ended, this::cancel);
            }
            return ended.result();
        }

        /** On home's thread. */
        private void cancel() {
            cancelled = true;
            Task<R> running = main;
            if (running == null) {
                return;
            }
            try {
                running.loop.callSoonThreadsafe(() -> running.cancel(WHY));
            } catch (IllegalStateException e) {
                assert running.loop.isClosed() : e; // it has ended by itself
            }
        }

        /** On the member's thread. */
        private void live(Context context, Coroutine<R, ?> body) {
            Runnable outcome = outcomeOf(context, body);
            home.callSoonThreadsafe(outcome);
        }

        private Runnable outcomeOf(Context context, Coroutine<R, ?> body) {
            Coroutine<R, ?> main = () -> {
                begin();
                return body.run();
            };
            try (var runner = new Runner()) {
                R result = runner.run(main, context);
                return () -> ended.setResult(result);
            } catch (CancelledError e) {
                return ended::cancel;
            } catch (Throwable e) {
                return () -> ended.setException(e);
            }
        }

        @SuppressWarnings("unchecked") // the main task is the one that runs the body
        private void begin() {
            Task<R> mine = (Task<R>) Asyncio.currentTask().orElseThrow();
            main = mine;
            if (cancelled) {
                mine.cancel(WHY);
            }
        }
    }
}
