package dev.asyncio4j;

import dev.asyncio4j.internal.coroutine.Fiber;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Runs the body of one task, step by step.
 *
 * <p><b>Threads.</b> Loop thread only, bare or on the task's fiber, but for {@link #wokenOutside} and
 * {@link #interruptedInWait}.
 */
final class Stepper<T extends @Nullable Object> extends ReadyEntry implements Fiber.Host {

    /*
     * A step runs from one suspension to the next. It is queued when the task is created, and again by the future the
     * task waits for: this object is itself what stands in that future's list, so that completion makes the step ready
     * without a hop (TASK-2).
     *
     * Cancelling follows CAN-1. A task that waits passes the request on to what it waits for. If that takes it, the
     * CancelledError comes back as its outcome. If not, because it is done already or because the task waits for nothing,
     * it stays in `pending` and the next step throws, whatever value has come meanwhile (CAN-4); unless a shield that was
     * put up inside the place it comes from holds it back, for as long as it is up.
     *
     * A task that is blocked in a call of the JDK waits for nothing of ours. Its thread is interrupted as well; what the
     * blocking call makes of that is up to it, and so the request stays pending until a wait of ours or a scope's end has
     * delivered it. `interruptSent` tells our interrupts from other people's: theirs are requests to cancel.
     */

    private final Task<T> task;

    /** Null once run, so that what it refers to can go. */
    private @Nullable Coroutine<T, ?> body;

    private @Nullable Fiber fiber;
    private @Nullable Future<?> waitingOn;
    private @Nullable PendingCancel pending;
    private boolean passesOn;

    /** The innermost scope that the task is in. */
    private @Nullable CancelScope scope;

    /** The wait under way must come to its end even in a scope that was cancelled. */
    private boolean ignoresScopes;

    /** Who last asked for a cancel, to be told by the error. */
    private @Nullable CancelRequest lastRequest;

    /** The atomic block that the task is in. */
    private @Nullable AtomicBlock atomic;

    private boolean interruptSent;

    /** The pending request came during a wait that must not fail, such as a close(): the next scope's end throws it too. */
    private boolean cancelDeferred;

    /** Turns in the queue for waits that could not begin. */
    private int staleTurns;

    /** How often a wait has thrown because the loop is being closed. */
    private int closingThrows;

    /** The first step runs while the creator waits for it: an exit it asks for is the creator's to throw (EAG-4). */
    private boolean startsEagerly;

    private @Nullable ExitError exitOfEagerStep;

    /** What {@link Context#run} has entered, or the task's own. */
    private Context activeContext;

    /** Neighbours in the loop's list of live tasks. */
    @Nullable
    Stepper<?> previous;

    @Nullable
    Stepper<?> next;

    Stepper(Task<T> task, Coroutine<T, ?> body, Context context) {
        this.task = task;
        this.body = body;
        this.activeContext = context;
    }

    Task<T> task() {
        return task;
    }

    @Nullable
    Future<?> waitingOn() {
        return waitingOn;
    }

    /** The stack that the next step runs on: the task's own, or that of a generator it iterates. */
    @Nullable
    Fiber fiber() {
        return fiber;
    }

    /** Has the next steps run on another stack, in the name of this task. */
    void fiber(Fiber active) {
        fiber = active;
    }

    // ---- steps

    @Override
    int lookAhead() {
        Fiber own = fiber;
        return (task.done() ? 1 : 0) + (own == null ? 0 : own.lookAhead());
    }

    @Override
    void runReady() {
        if (task.done()) {
            return;
        }
        if (staleTurns > 0) {
            staleTurns--;
            return;
        }
        Fiber own = fiber;
        if (own != null) {
            mount(own, false);
        } else if (pending != null) {
            body = null;
            task.completeCancelled(takeCancellation());
            task.loop.tasks().ended(this);
        } else {
            own = task.loop.newFiber(this);
            fiber = own;
            mount(own, false);
        }
    }

    private void mount(Fiber own, boolean wokenOutside) {
        task.loop.enter(task, activeContext);
        try {
            if (wokenOutside) {
                own.continueOutside();
            } else {
                own.resume();
            }
        } catch (VirtualMachineError | LinkageError e) {
            lastOn(own).failToRun(e);
        } finally {
            task.loop.leave();
        }
        lastOn(own).afterStep();
    }

    /** Who has run last on a stack of this task: others may have begun there after its end. */
    private Stepper<?> lastOn(Fiber stack) {
        return stack.host() instanceof Stepper<?> last ? last : this;
    }

    private void afterStep() {
        if (pending != null || scope != null || atomic != null) {
            noticeSuspensionOutside();
        }
    }

    /** A step has ended that may have ended in a blocking call of the JDK. */
    private void noticeSuspensionOutside() {
        Fiber running = fiber;
        AtomicBlock block = atomic;
        if (block != null && running != null && isBlockedOutside()) {
            block.suspendedOutside(Stacks.of(running.thread()));
        }
        interruptIfBlockedOutside();
    }

    /** The step could not be begun, for want of memory: that is the task's failure and not the loop's. */
    private void failToRun(Throwable e) {
        if (!task.done()) {
            task.fail(e);
            task.loop.tasks().ended(this);
        }
    }

    @Override
    public void runOnFiber() {
        var run = body;
        body = null;
        if (run == null) {
            return;
        }
        try {
            returned(run.run());
        } catch (Throwable e) {
            threw(e);
        }
        task.loop.tasks().ended(this);
    }

    /** The next task of the batch begins on this stack, if it is its first step: neither can tell. */
    @Override
    public Fiber.@Nullable Host successor() {
        Fiber stack = fiber;
        Stepper<?> next = stack == null ? null : task.loop.nextToBegin();
        if (next != null) {
            fiber = null;
            next.fiber = stack;
            next.task.loop.enter(next.task, next.activeContext);
        }
        return next;
    }

    /** Whether the turn that this has in the queue is its first step, and nothing else is to be done in it. */
    boolean canBegin() {
        return fiber == null && body != null && pending == null && staleTurns == 0 && !startsEagerly && !task.done();
    }

    private void returned(T value) {
        if (pending != null) {
            task.completeCancelled(takeCancellation());
        } else {
            task.succeed(value);
        }
    }

    private void threw(Throwable e) {
        Throwable settled = settleInterrupt(e, 0);
        pending = null;
        switch (settled) {
            case CancelledError cancelled -> task.completeCancelled(cancelled);
            case ExitError exit -> {
                task.fail(exit);
                if (startsEagerly) {
                    exitOfEagerStep = exit;
                } else {
                    task.loop.exit(exit);
                }
            }
            default -> task.fail(settled);
        }
    }

    // ---- scopes

    @Nullable
    CancelScope scope() {
        return scope;
    }

    void scope(@Nullable CancelScope innermost) {
        scope = innermost;
    }

    /** The scope that makes every wait throw now. */
    private @Nullable CancelScope scopeInForce() {
        CancelScope innermost = scope;
        return innermost == null || ignoresScopes ? null : innermost.inForce();
    }

    private void throwIfScopeCancelled() {
        CancelScope cancelled = scopeInForce();
        if (cancelled != null) {
            clearInterrupt();
            throw cancelled.newError();
        }
    }

    /** A scope was cancelled or a shield was taken away: a wait under way may have to end. */
    void scopesChanged() {
        CancelScope cancelled = scopeInForce();
        if (cancelled == null) {
            return;
        }
        Future<?> awaited = waitingOn;
        if (awaited == null || !awaited.cancel(cancelled.reason())) {
            interruptIfBlockedOutside();
        }
    }

    // ---- atomic blocks

    @Nullable
    AtomicBlock atomic() {
        return atomic;
    }

    void atomic(@Nullable AtomicBlock block) {
        atomic = block;
    }

    // ---- who asked for a cancel

    void lastRequest(CancelRequest request) {
        lastRequest = request;
    }

    @Nullable
    CancelRequest lastRequest() {
        return lastRequest;
    }

    // ---- eager start

    /** Goes on, as the creator of a task that has had its eager step. */
    void resumeAsCreator(Fiber asideSince) {
        mount(asideSince, false);
    }

    void beginEagerly() {
        startsEagerly = true;
    }

    /** The first step is over, and the creator goes on. */
    void endEagerStep() {
        startsEagerly = false;
        ExitError exit = exitOfEagerStep;
        if (exit != null) {
            throw exit;
        }
    }

    // ---- context

    Context activeContext() {
        return activeContext;
    }

    void activeContext(Context context) {
        activeContext = context;
    }

    // ---- waiting

    /** Waits, on the task's fiber, until a future that is pending now is done. */
    void await(Future<?> future) {
        if (future == task) {
            throw new IllegalStateException("a task cannot wait for itself: " + task);
        }
        beforeWait();
        waitingOn = future;
        future.whenDone(this);
        PendingCancel due = dueCancel();
        if (due != null && future.cancel(due.message)) {
            dropDueCancels();
        }
        try {
            task.loop.suspendFiber();
        } catch (Throwable e) {
            future.forget(this);
            throw e;
        } finally {
            waitingOn = null;
        }
        afterWait(future.endsInCancellation());
        if (!future.done()) {
            throw new IllegalStateException("the task was resumed though " + future + " is not done");
        }
    }

    private void beforeWait() {
        AtomicBlock block = atomic;
        if (block != null) {
            throw block.waitInside();
        }
        throwIfClosing();
        throwIfScopeCancelled();
        noticeInterrupt();
    }

    private void afterWait(boolean endedInCancellation) {
        if (endedInCancellation) {
            delivered();
        } else if (dueCancel() != null) {
            throw takeCancellation();
        } else {
            throwIfScopeCancelled();
        }
        throwIfClosing();
    }

    /** Waits as {@link #await} does, also in a scope that was cancelled. */
    void awaitIgnoringScopes(Future<?> future) {
        boolean before = ignoresScopes;
        ignoresScopes = true;
        try {
            await(future);
        } finally {
            ignoresScopes = before;
        }
    }

    /** Lets everything that is ready run once. */
    void yieldNow() {
        beforeWait();
        task.loop.queue(this);
        suspendForQueuedTurn();
        afterWait(false);
    }

    /** Steps aside for entries that stand in front of the queue, and goes on after them. */
    void stepAside() {
        AtomicBlock block = atomic;
        if (block != null) {
            throw block.waitInside();
        }
        task.loop.queueFirst(this);
        suspendForQueuedTurn();
    }

    /** Waits for a turn that stands in the queue already; if the stack cannot be left, that turn is to be passed over. */
    private void suspendForQueuedTurn() {
        try {
            task.loop.suspendFiber();
        } catch (Throwable e) {
            staleTurns++;
            throw e;
        }
    }

    /** A loop that is being closed resumes its tasks to unwind them: every wait throws. */
    private void throwIfClosing() {
        if (!task.loop.isClosing()) {
            return;
        }
        while (++closingThrows > MOST_CLOSING_THROWS) {
            task.loop.suspendFiber();
        }
        throw new CancelledError("the event loop was closed while the task was pending");
    }

    /** Whether the task swallows whatever its waits throw: nothing more is to be done for it. */
    boolean refusesToEnd() {
        return closingThrows > MOST_CLOSING_THROWS;
    }

    /**
     * Waits for the end of something, whatever comes. A cancel that comes meanwhile is thrown by the next wait or at the
     * end of the scope around this.
     *
     * @param onCancel is run once when a cancel comes
     * @return whether one came
     */
    boolean awaitEnd(Future<?> future, Runnable onCancel) {
        CancelledError deferred = null;
        while (!future.done()) {
            Future<Boolean> ended = task.loop.endOf(future);
            try {
                if (deferred == null) {
                    await(ended);
                } else {
                    awaitIgnoringScopes(ended);
                }
                ended.result();
            } catch (CancelledError e) {
                throwIfClosing();
                if (deferred == null) {
                    deferred = e;
                    onCancel.run();
                }
            }
        }
        if (deferred != null && scopeInForce() == null) {
            defer(deferred);
        }
        return deferred != null;
    }

    /** Has the next wait, or the end of a scope, throw a cancellation that could not be thrown where it came. */
    void defer(CancelledError error) {
        pending = PendingCancel.add(pending, nearestShield(), error.getMessage());
        cancelDeferred = true;
    }

    /** The cancellation that {@link #awaitEnd} has put off, for the end of a scope to throw. */
    @Nullable
    CancelledError takeDeferred() {
        return cancelDeferred && dueCancel() != null ? takeCancellation() : null;
    }

    private CancelledError takeCancellation() {
        var error = new CancelledError(dueMessage()).requestedBy(lastRequest);
        delivered();
        return error;
    }

    /** What was due has reached the body: no interrupt of ours may linger. */
    void delivered() {
        dropDueCancels();
        cancelDeferred = false;
        clearInterrupt();
    }

    // ---- cancelling

    /**
     * Requests a cancel: here, or at the end of the chain of tasks that this one waits for.
     *
     * <p>Chains may be long, so this goes down in a loop. If they close to a circle it ends there.
     *
     * @param origin the scope from within which it is requested, or null: shields further in hold it back
     */
    void cancel(@Nullable String message, @Nullable CancelScope origin) {
        var passed = new ArrayList<Stepper<?>>(1);
        Stepper<?> link = this;
        CancelScope from = origin;
        for (Stepper<?> next = link.nextOfChain(from); next != null; next = link.nextOfChain(null)) {
            link.passesOn = true;
            passed.add(link);
            if (next.passesOn) {
                break;
            }
            next.task.countRequest(lastRequest);
            link = next;
            from = null;
        }
        if (link.passesOn) {
            link.breakCircle(message);
        } else {
            link.cancelHere(message, from);
        }
        passed.forEach(stepper -> stepper.passesOn = false);
    }

    /** The task that this one waits for, if a request from there reaches it. */
    private @Nullable Stepper<?> nextOfChain(@Nullable CancelScope origin) {
        return waitingOn instanceof Task<?> next && !next.done() && !isShieldedFrom(origin) ? next.stepper() : null;
    }

    private void cancelHere(@Nullable String message, @Nullable CancelScope origin) {
        boolean due = !isShieldedFrom(origin);
        Future<?> awaited = waitingOn;
        if (due && awaited != null && passOn(awaited, message)) {
            return;
        }
        pending = PendingCancel.add(pending, origin, message);
        interruptSent = false;
        interruptIfBlockedOutside();
    }

    /** Passes a request on to a future that may pass it on in turn; who asked stays who asked first. */
    private boolean passOn(Future<?> awaited, @Nullable String message) {
        CancelRequest outer = task.loop.handDown(lastRequest);
        passesOn = true;
        try {
            return awaited.cancel(message);
        } finally {
            passesOn = false;
            task.loop.handDown(outer);
        }
    }

    /** Whether a request to cancel goes down from here now. */
    boolean passesOn() {
        return passesOn;
    }

    /** A request has come back to where it came from, since tasks wait for each other in a circle: it ends here. */
    void breakCircle(@Nullable String message) {
        Future<?> awaited = waitingOn;
        if (awaited != null) {
            awaited.forget(this);
            waitingOn = null;
            pending = PendingCancel.add(pending, null, message);
            task.loop.queue(this);
        }
    }

    /** The oldest request that no shield holds back. */
    private @Nullable PendingCancel dueCancel() {
        for (PendingCancel asked = pending; asked != null; asked = asked.next) {
            if (!isShieldedFrom(asked.origin)) {
                return asked;
            }
        }
        return null;
    }

    private @Nullable String dueMessage() {
        PendingCancel due = dueCancel();
        return due == null ? null : due.message;
    }

    private void dropDueCancels() {
        PendingCancel held = null;
        PendingCancel last = null;
        for (PendingCancel asked = pending; asked != null; asked = asked.next) {
            if (isShieldedFrom(asked.origin)) {
                held = held == null ? asked : held;
                if (last != null) {
                    last.next = asked;
                }
                last = asked;
            }
        }
        if (last != null) {
            last.next = null;
        }
        pending = held;
    }

    /**
     * Counts the requests to cancel that reach this place: all but those that a shield around it holds back. Blocks compare
     * it with what they found at their entry, to tell their own requests from others' (CAN-10).
     */
    int requestsHere() {
        int requests = task.cancelling();
        for (PendingCancel asked = pending; asked != null; asked = asked.next) {
            if (isShieldedFrom(asked.origin)) {
                requests -= asked.count();
            }
        }
        return requests;
    }

    /** The innermost shield around this place: what is asked for from within it is held back by none. */
    @Nullable
    CancelScope nearestShield() {
        CancelScope nearest = scope;
        while (nearest != null && !nearest.shield()) {
            nearest = nearest.parent();
        }
        return nearest;
    }

    private boolean isShieldedFrom(@Nullable CancelScope origin) {
        for (CancelScope inner = scope; inner != null && inner != origin; inner = inner.parent()) {
            if (inner.shield()) {
                return true;
            }
        }
        return false;
    }

    void withdrawCancel() {
        pending = null;
        delivered();
    }

    /**
     * A request that is pending while the task is blocked in a call of the JDK arrives there as an interrupt. That may close
     * a channel, and so run code of anybody's and take locks: it is done on a callback fiber.
     */
    private void interruptIfBlockedOutside() {
        Fiber running = fiber;
        boolean asked = dueCancel() != null || scopeInForce() != null || task.loop.isClosing();
        if (asked && !interruptSent && running != null && isBlockedOutside()) {
            interruptSent = true;
            task.loop.onCallbackFiber(() -> interruptNow(running));
        }
    }

    /** Whether the task has left the loop's thread in a blocking call of the JDK. */
    boolean isBlockedOutside() {
        Fiber running = fiber;
        return running != null && running.isSuspendedOutside();
    }

    private void interruptNow(Fiber blocked) {
        Thread thread = blocked.thread();
        if (interruptSent && thread != null && blocked.isSuspendedOutside()) {
            thread.interrupt();
        } else {
            interruptSent = false;
        }
    }

    /** Interrupts a blocking call because the loop ends. */
    void interruptForClose() {
        interruptIfBlockedOutside();
    }

    /** Before a wait of ours: an interrupt that no cancel caused is a cancel (and a park with the flag set would not park). */
    private void noticeInterrupt() {
        if (Thread.currentThread().isInterrupted()) {
            boolean ours = interruptSent;
            clearInterrupt();
            if (!ours) {
                task.requestCancel(INTERRUPTED, null, CancelRequest.INTERRUPT);
            }
        }
    }

    private static final int MOST_CLOSING_THROWS = 1_000;
    private static final String INTERRUPTED = "the task's thread was interrupted";

    private void clearInterrupt() {
        interruptSent = false;
        if (task.loop.isCurrentTask(task)) {
            Thread.interrupted();
        }
    }

    @Override
    public void interruptedInWait() {
        task.loop.queueFromOutside(new ReadyEntry() {
            @Override
            void runReady() {
                task.requestCancel(INTERRUPTED, null, CancelRequest.INTERRUPT);
            }
        });
    }

    /**
     * Makes the exception that a cancel caused by interrupting a blocking call into that cancel.
     *
     * @param thrown what leaves the task or a scope in it
     * @param requestsAtEntry how many requests to cancel there were when the scope was entered
     * @return the cancellation, with what was thrown as its cause, or what was thrown
     */
    Throwable settleInterrupt(Throwable thrown, int requestsAtEntry) {
        if (thrown instanceof CancelledError) {
            return thrown;
        }
        boolean asked = requestsHere() > requestsAtEntry || scopeInForce() != null || task.loop.isClosing();
        boolean interruptedSince = interruptSent && asked;
        boolean isConsequence = Interrupts.causedBy(thrown)
                ? interruptedSince || task.loop.isClosing()
                : interruptedSince && Interrupts.mayFollow(thrown);
        if (!isConsequence) {
            return thrown;
        }
        var cancellation = new CancelledError(dueMessage(), thrown).requestedBy(lastRequest);
        delivered();
        return cancellation;
    }

    // ---- what the JDK does

    @Override
    public void wokenOutside(Fiber woken) {
        task.loop.queueFromOutside(new ReadyEntry() {
            @Override
            void runReady() {
                goOn(woken);
            }

            @Override
            boolean isWakeUp() {
                return true;
            }

            @Override
            long arrivalNumber() {
                return -task.number();
            }
        });
    }

    /** Goes on after a call of the JDK that had suspended a stack of this task. */
    void goOn(Fiber woken) {
        if (task.loop.isClosing()) {
            interruptSent = false;
        }
        mount(woken, true);
    }

    @Override
    String describeTurn() {
        return describe();
    }

    @Override
    public String describe() {
        return task.describe();
    }
}
