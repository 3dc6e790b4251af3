package dev.asyncio4j;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One call of {@link Asyncio#staggeredRace} (CN-5). */
final class StaggeredRace<T extends @Nullable Object> {

    /*
     * The caller's task is the starter: it starts an attempt whenever `mayStart` is up, and otherwise waits for a change.
     * What happens to the race (an attempt fails, wins or ends, the delay passes) is noted in fields, and `change` only
     * says that there is news; so nothing is lost when several things happen before the starter runs.
     *
     * An attempt gets its place in `exceptions` when its body begins. One that was cancelled before it began has none, and
     * one that runs at its creation, because tasks start eagerly, may win before createTask has returned.
     */

    private final BaseEventLoop loop;
    private final Iterator<? extends Coroutine<? extends T, ?>> attempts;
    private final @Nullable Duration delay;
    private final Set<Task<?>> running = new LinkedHashSet<>();
    private final List<@Nullable Throwable> exceptions = new ArrayList<>();
    private @Nullable WaitForOthers change;
    private @Nullable TimerHandle timer;
    private @Nullable CancelledError cancellation;
    private @Nullable T result;
    private int winner = -1;
    private int started;
    private boolean mayStart = true;

    private StaggeredRace(
            BaseEventLoop loop, List<? extends Coroutine<? extends T, ?>> attempts, @Nullable Duration delay) {
        this.loop = loop;
        this.attempts = List.copyOf(attempts).iterator();
        this.delay = delay;
    }

    static <T extends @Nullable Object> RaceResult<T> run(
            BaseEventLoop loop, List<? extends Coroutine<? extends T, ?>> attempts, @Nullable Duration delay) {
        loop.currentStepper("staggeredRace");
        return new StaggeredRace<T>(loop, attempts, delay).run();
    }

    private RaceResult<T> run() {
        try {
            while (canStartMore() || !running.isEmpty()) {
                if (mayStart && canStartMore()) {
                    startNext(attempts.next());
                } else {
                    awaitChange();
                }
            }
        } finally {
            stopTimer();
        }
        if (cancellation != null) {
            throw cancellation;
        }
        return new RaceResult<>(result, winner, Collections.unmodifiableList(exceptions));
    }

    private boolean canStartMore() {
        return winner < 0 && cancellation == null && attempts.hasNext();
    }

    private void startNext(Coroutine<? extends T, ?> body) {
        mayStart = false;
        int number = started++;
        startTimer();
        Task<?> task = loop.createTask(() -> attempt(number, body));
        running.add(task);
        task.whenDone(new AttemptDone(task));
    }

    private void startTimer() {
        stopTimer();
        if (delay != null && attempts.hasNext()) {
            timer = loop.reactLater(Nanos.of(delay), this::letNextStart);
        }
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel();
        }
    }

    private void letNextStart() {
        mayStart = true;
        tell();
    }

    /** The body of an attempt's task. */
    private void attempt(int number, Coroutine<? extends T, ?> body) {
        int index = exceptions.size();
        exceptions.add(null);
        try {
            won(index, body.run());
        } catch (ExitError e) {
            throw e;
        } catch (Throwable e) {
            exceptions.set(index, e);
            if (number == started - 1) {
                letNextStart();
            }
        }
    }

    /** Ends the race, unless the attempt was told that it is over and went on. */
    private void won(int index, T value) {
        if (winner >= 0) {
            return;
        }
        winner = index;
        result = value;
        Task<?> own = loop.currentTask();
        running.stream().filter(task -> task != own).forEach(Future::cancel);
        tell();
    }

    private final class AttemptDone extends ReadyEntry {

        private final Task<?> task;

        AttemptDone(Task<?> task) {
            this.task = task;
        }

        @Override
        void runReady() {
            running.remove(task);
            tell();
        }
    }

    private void tell() {
        if (change != null) {
            change.tell();
        }
    }

    /** A cancellation from outside goes to every attempt; the race lasts until the last of them has ended. */
    private void awaitChange() {
        var next = new WaitForOthers(loop, "a race of " + running.size() + " attempts", running);
        change = next;
        try {
            awaitNews(next);
        } catch (CancelledError e) {
            if (loop.isClosing()) {
                throw e;
            }
            cancellation = e.requestedBy(loop.currentStepper("staggeredRace").lastRequest());
            List.copyOf(running).forEach(task -> task.cancel(e.getMessage()));
        }
    }

    /** A cancelled scope around the race ends such a wait once; the next ones must go to their end. */
    private void awaitNews(Future<Boolean> news) {
        Stepper<?> caller = loop.currentStepper("staggeredRace");
        if (cancellation == null) {
            caller.await(news);
        } else {
            caller.awaitIgnoringScopes(news);
        }
        news.result();
    }
}
