package dev.asyncio4j;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that belong together: the block that starts them ends when all have ended, and if one fails the others are
 * cancelled (TG-1 to TG-13).
 *
 * {@snippet class="dev.asyncio4j.snippets.Groups" region="group"}
 *
 * <p><b>States.</b> Open; aborting, when a child or the body has failed or {@link #cancel} was called; ended.
 *
 * <p><b>Cancellation.</b> Cancelling the task that runs the block cancels the children; the block waits for all of them and
 * then throws {@link CancelledError}, or the group of their failures, after which the cancellation is thrown by the next
 * wait (TG-7).
 *
 * <p><b>Threads.</b> Loop thread only.
 */
public final class TaskGroup implements AutoCloseable {

    /*
     * Own and foreign cancels are told apart by counting. A child that fails cancels the task that runs the body, once,
     * and that is remembered (`parentCancelled`); at the end one uncancel() pays for it. What is then left above the count
     * found at entry was asked for by someone else. asyncio compares with zero there, so that a task which had once
     * swallowed a cancel was cancelled again by its next failing group (CAN-11, TG-9); we compare with the entry.
     */

    /**
     * A body that is given its group.
     *
     * @param <T> what it returns
     */
    @FunctionalInterface
    public interface Body<T extends @Nullable Object> {

        /**
         * Runs the body.
         *
         * @param group the group to start tasks in
         * @return the result
         * @throws Throwable anything; it ends up in an {@link ExceptionGroup}
         */
        T run(TaskGroup group) throws Throwable;
    }

    /** A body that is given its group and returns nothing. */
    @FunctionalInterface
    public interface VoidBody {

        /**
         * Runs the body.
         *
         * @param group the group to start tasks in
         * @throws Throwable anything; it ends up in an {@link ExceptionGroup}
         */
        void run(TaskGroup group) throws Throwable;
    }

    private final BaseEventLoop loop;
    private final Task<?> parent;
    private final int requestsAtEntry;
    private final @Nullable CancelScope scopeAtEntry;
    private final Set<Task<?>> children = new LinkedHashSet<>();
    private final List<Throwable> errors = new ArrayList<>();
    private @Nullable ExitError exit;
    private @Nullable Future<Boolean> allEnded;
    private boolean aborting;
    private boolean leaving;
    private boolean ended;
    private boolean parentCancelled;
    private boolean cancelCalled;

    /** How many tasks may have begun and not ended; the others wait for their turn before their first line. */
    private final int limit;

    private final ArrayDeque<Future<Boolean>> queueing = new ArrayDeque<>();
    private int begun;

    private TaskGroup(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("a group must let at least one task run at a time, not " + limit);
        }
        this.limit = limit;
        this.loop = Asyncio.running("TaskGroup");
        this.parent = loop.currentStepper("a TaskGroup").task();
        this.requestsAtEntry = parent.stepper().requestsHere();
        this.scopeAtEntry = parent.stepper().scope();
    }

    /**
     * Runs a body in a new group, and waits for every task started in it.
     *
     * @param body starts the tasks
     * @throws ExceptionGroup if the body or a child failed
     * @throws CancelledError if the calling task was cancelled
     */
    public static void run(VoidBody body) {
        run(Integer.MAX_VALUE, body);
    }

    /**
     * Runs a body in a new group of which only some tasks run at a time; the others begin when one has ended, in the order
     * in which they were started.
     *
     * @param limit how many tasks may run at a time
     * @param body starts the tasks
     * @throws ExceptionGroup if the body or a child failed
     * @throws CancelledError if the calling task was cancelled
     * @throws IllegalArgumentException if the limit is not positive
     */
    public static void run(int limit, VoidBody body) {
        call(limit, group -> {
            body.run(group);
            return null;
        });
    }

    /**
     * Runs a body in a new group, waits for every task started in it, and returns the body's result.
     *
     * @param <T> what the body returns
     * @param body starts the tasks
     * @return what the body returned; null if {@link #cancel} ended it
     * @throws ExceptionGroup if the body or a child failed
     * @throws CancelledError if the calling task was cancelled
     */
    public static <T extends @Nullable Object> T call(Body<T> body) {
        return call(Integer.MAX_VALUE, body);
    }

    /**
     * Runs a body in a new group of which only some tasks run at a time, and returns the body's result.
     *
     * @param <T> what the body returns
     * @param limit how many tasks may run at a time
     * @param body starts the tasks
     * @return what the body returned; null if {@link #cancel} ended it
     * @throws ExceptionGroup if the body or a child failed
     * @throws CancelledError if the calling task was cancelled
     * @throws IllegalArgumentException if the limit is not positive
     */
    @SuppressWarnings("NullAway") // null where the group was cancelled from within
    public static <T extends @Nullable Object> T call(int limit, Body<T> body) {
        var group = new TaskGroup(limit);
        T result = null;
        Throwable thrown = null;
        try {
            result = body.run(group);
        } catch (Throwable e) {
            thrown = e;
        }
        group.leave(thrown);
        return result;
    }

    /**
     * Opens a group for a try-with-resources block, whose last statement must be {@link #join}.
     *
     * <p>Such a block cannot see what its body throws: a body that fails makes {@link #close} cancel the children and wait
     * for them, and the failure leaves the block as it is. Prefer {@link #run}.
     *
     * @return a new group
     */
    public static TaskGroup open() {
        return new TaskGroup(Integer.MAX_VALUE);
    }

    /**
     * Starts a task in the group.
     *
     * @param <T> what it returns
     * @param body what it runs
     * @return the new task
     * @throws IllegalStateException if the group is aborting or has ended
     */
    public <T extends @Nullable Object> Task<T> createTask(Coroutine<T, ?> body) {
        return createTask(body, TaskOptions.DEFAULT);
    }

    /**
     * Starts a task in the group that returns nothing.
     *
     * @param body what it runs
     * @return the new task
     * @throws IllegalStateException if the group is aborting or has ended
     */
    public Task<@Nullable Void> createTask(Action<?> body) {
        return createTask(body.asCoroutine(), TaskOptions.DEFAULT);
    }

    /**
     * Starts a task in the group that returns nothing.
     *
     * @param body what it runs
     * @param options name, context, eager start
     * @return the new task
     * @throws IllegalStateException if the group is aborting or has ended
     */
    public Task<@Nullable Void> createTask(Action<?> body, TaskOptions options) {
        return createTask(body.asCoroutine(), options);
    }

    /**
     * Starts a task in the group.
     *
     * @param <T> what it returns
     * @param body what it runs
     * @param options name, context, eager start
     * @return the new task
     * @throws IllegalStateException if the group is aborting or has ended
     */
    public <T extends @Nullable Object> Task<T> createTask(Coroutine<T, ?> body, TaskOptions options) {
        loop.checkThread("TaskGroup.createTask");
        checkMayStart();
        Task<T> task = loop.createTask(limit == Integer.MAX_VALUE ? body : inTurn(body), options);
        children.add(task);
        task.whenDone(new ChildDone(task));
        if (aborting && !task.done()) {
            task.cancel();
        }
        return task;
    }

    /** A body that waits until fewer than the limit are running. */
    private <T extends @Nullable Object> Coroutine<T, Throwable> inTurn(Coroutine<T, ?> body) {
        return () -> {
            awaitTurn();
            try {
                return body.run();
            } finally {
                passTurnOn();
            }
        };
    }

    private void awaitTurn() {
        if (begun < limit) {
            begun++;
            return;
        }
        Future<Boolean> turn = loop.createFuture("its turn in a group that lets " + limit + " tasks run at a time");
        queueing.add(turn);
        try {
            turn.await();
        } catch (CancelledError e) {
            if (!queueing.remove(turn) && turn.done() && !turn.cancelled()) {
                passTurnOn();
            }
            throw e;
        }
    }

    /** Gives the place to the task that has waited longest, or keeps it free. */
    private void passTurnOn() {
        for (Future<Boolean> next = queueing.poll(); next != null; next = queueing.poll()) {
            if (!next.done()) {
                next.setResult(true);
                return;
            }
        }
        begun--;
    }

    private void checkMayStart() {
        if (ended || (leaving && children.isEmpty())) {
            throw new IllegalStateException("no task can be started in a group that has ended");
        }
        if (aborting) {
            throw new IllegalStateException("no task can be started in a group that is being cancelled");
        }
    }

    private final class ChildDone extends ReadyEntry {

        private final Task<?> child;

        ChildDone(Task<?> child) {
            this.child = child;
        }

        @Override
        void runReady() {
            childDone(child);
        }
    }

    private void childDone(Task<?> child) {
        children.remove(child);
        Future<Boolean> waiting = allEnded;
        if (waiting != null && children.isEmpty() && !waiting.done()) {
            waiting.setResult(true);
        }
        if (child.cancelled() || child.exception() == null) {
            return;
        }
        note(child.failure());
        if (!aborting && !parentCancelled) {
            abort(CancelRequest.GROUP);
            cancelParent(CancelRequest.GROUP);
        }
    }

    private void cancelParent(CancelRequest request) {
        parentCancelled = true;
        parent.requestCancel(null, scopeAtEntry, request);
    }

    private void note(Throwable e) {
        if (e instanceof ExitError exitError) {
            exit = exit == null ? exitError : exit;
        } else {
            errors.add(e);
        }
    }

    /** Cancels the children, in the name of whoever is the reason. */
    private void abort(CancelRequest request) {
        aborting = true;
        CancelRequest.inTheNameOf(request, loop, () -> List.copyOf(children).forEach(Future::cancel));
    }

    /** The body has ended with an exception: the children follow, for the same reason if it was cancelled. */
    private void abortAfter(Throwable thrown) {
        CancelRequest reason = thrown instanceof CancelledError cancellation ? cancellation.request() : null;
        abort(reason != null ? reason : CancelRequest.GROUP_BODY);
    }

    /**
     * Ends the group early: cancels its tasks and its body. The block then ends without an exception, unless there were
     * failures (TG-10). Does nothing when the group has ended or is aborting.
     */
    public void cancel() {
        loop.checkThread("TaskGroup.cancel");
        if (ended || aborting) {
            return;
        }
        cancelCalled = true;
        CancelRequest request = CancelRequest.here(loop);
        abort(request);
        if (!parentCancelled) {
            cancelParent(request);
        }
    }

    /**
     * Waits for every task of an {@linkplain #open opened} group, as the end of {@link #run} does.
     *
     * @throws ExceptionGroup if a child failed
     * @throws CancelledError if the calling task was cancelled
     */
    public void join() {
        if (ended) {
            throw new IllegalStateException("join() ends a group, and this one has ended");
        }
        leave(null);
    }

    /** Ends an {@linkplain #open opened} group whose body failed before {@link #join}: cancels the tasks, waits for them. */
    @Override
    public void close() {
        if (ended) {
            return;
        }
        abort(CancelRequest.GROUP_BODY);
        boolean cancelledMeanwhile = awaitChildren() != null;
        ended = true;
        if (cancelledByOthers() && cancelledMeanwhile) {
            rearm();
        }
    }

    /** Takes the request back that this has made, if it did; tells whether others have made one. */
    private boolean cancelledByOthers() {
        if (parentCancelled) {
            parent.uncancel();
        }
        return parent.stepper().requestsHere() > requestsAtEntry;
    }

    private void leave(@Nullable Throwable thrownByBody) {
        Throwable thrown = thrownByBody == null
                ? parent.stepper().takeDeferred()
                : parent.stepper().settleInterrupt(thrownByBody, requestsAtEntry);
        leaving = true;
        CancelledError cancellation = thrown instanceof CancelledError c ? c : null;
        if (thrown instanceof ExitError exitError) {
            exit = exitError;
        }
        if (thrown != null && !aborting) {
            abortAfter(thrown);
        }
        CancelledError meanwhile = awaitChildren();
        ended = true;
        throwOutcome(thrown, cancellation != null ? cancellation : meanwhile);
    }

    /** Waits until the last child has ended, whatever comes; returns a cancellation that came meanwhile. */
    private @Nullable CancelledError awaitChildren() {
        CancelledError cancellation = null;
        while (!children.isEmpty()) {
            Future<Boolean> waiting = new AllEnded(loop);
            allEnded = waiting;
            try {
                awaitAll(waiting, cancellation != null);
            } catch (CancelledError e) {
                if (loop.isClosing()) {
                    throw e;
                }
                cancellation = e.requestedBy(parent.stepper().lastRequest());
                if (!aborting) {
                    abortAfter(cancellation);
                }
            }
        }
        allEnded = null;
        return cancellation;
    }

    /** A cancelled scope around the group ends this wait once; the next ones must go to their end. */
    private void awaitAll(Future<Boolean> waiting, boolean cancelledAlready) {
        if (cancelledAlready) {
            parent.stepper().awaitIgnoringScopes(waiting);
        } else {
            parent.stepper().await(waiting);
        }
        waiting.result();
    }

    /** What the block waits for at its end. */
    private final class AllEnded extends Future<Boolean> {

        AllEnded(BaseEventLoop loop) {
            super(loop, null);
        }

        @Override
        public Set<Future<?>> dependencies() {
            return new LinkedHashSet<>(children);
        }

        @Override
        public String describe() {
            return "the " + children.size() + " tasks of a group";
        }
    }

    /** TG-5, in that order. */
    private void throwOutcome(@Nullable Throwable thrown, @Nullable CancelledError cancellation) {
        if (exit != null) {
            errors.forEach(this::reportLost);
            throw exit;
        }
        boolean cancelledByOthers = cancelledByOthers();
        boolean ownCancelOnly = parentCancelled && !cancelledByOthers;
        if (thrown instanceof GeneratorExit closing && errors.isEmpty()) { // the way a generator's body ends (TG-11)
            if (cancelledByOthers) {
                rearm();
            }
            throw closing;
        }
        if (thrown != null && !(thrown instanceof CancelledError)) {
            errors.add(thrown);
        }
        if (!errors.isEmpty()) {
            if (cancelledByOthers) {
                rearm();
            }
            throw new ExceptionGroup("failures in a task group", errors);
        }
        if (cancellation != null && !ownCancelOnly) {
            throw cancellation;
        }
        if (cancellation == null && cancelCalled && cancelledByOthers) {
            rearm();
        }
    }

    /** Has the next wait of the parent throw the cancellation that could not be thrown here (TG-7). */
    private void rearm() {
        parent.uncancel();
        CancelRequest first = parent.stepper().lastRequest();
        parent.requestCancel(null, parent.stepper().nearestShield(), first != null ? first : CancelRequest.here(loop));
    }

    private void reportLost(Throwable e) {
        loop.callExceptionHandler(ExceptionContext.of("a task group was left by an exit; this failure went with it")
                .with(ExceptionContext.EXCEPTION, e)
                .with("task_group", this));
    }

    @Override
    public String toString() {
        return "TaskGroup (" + children.size() + " tasks" + (aborting ? ", aborting" : "") + ")";
    }
}
