package dev.asyncio4j;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of a task that can be cancelled as a whole, has a deadline, or is shielded from cancellation.
 *
 * {@snippet class="dev.asyncio4j.snippets.Scopes" region="moveOn"}
 *
 * <p>Other than {@link Task#cancel}, which is thrown once, a cancelled scope makes <em>every</em> wait inside it throw
 * {@link CancelledError}, until the body has left; then the scope swallows the error, and the task goes on behind it. It
 * never touches {@link Task#cancelling}.
 *
 * <p><b>Cancellation.</b> A task that is cancelled inside a scope is thrown the error once, as anywhere, and the scope lets
 * it pass. A {@link #shield} holds back what is asked for outside it, until the scope has ended; timeouts, groups and scopes
 * inside it work as ever.
 *
 * <p><b>Threads.</b> Loop thread only.
 */
public final class CancelScope {

    /**
     * A body that is given its scope.
     *
     * @param <X> what it may throw
     */
    @FunctionalInterface
    public interface Body<X extends Throwable> {

        /**
         * Runs the body.
         *
         * @param scope the scope it is in
         * @throws X if it fails
         */
        void run(CancelScope scope) throws X;
    }

    private final BaseEventLoop loop;
    private final Stepper<?> stepper;
    private final @Nullable CancelScope parent;
    private final int requestsAtEntry;
    private @Nullable TimerHandle timer;
    private @Nullable Duration deadline;
    private @Nullable String reason;
    private boolean cancelCalled;
    private boolean cancelledCaught;
    private boolean shield;
    private boolean ended;

    private CancelScope() {
        this.loop = Asyncio.running("CancelScope");
        this.stepper = loop.currentStepper("a CancelScope");
        this.parent = stepper.scope();
        this.requestsAtEntry = stepper.requestsHere();
    }

    /**
     * Runs a body in a new scope.
     *
     * @param <X> what the body may throw
     * @param body what to run
     * @return the scope, which tells how it ended
     * @throws X if the body threw it
     */
    public static <X extends Throwable> CancelScope run(Body<X> body) throws X {
        var scope = new CancelScope();
        scope.enclose(body);
        return scope;
    }

    /**
     * Runs a body in a new scope that is cancelled after some time: the program then goes on behind it.
     *
     * @param <X> what the body may throw
     * @param limit the time from now
     * @param body what to run
     * @return the scope; {@link #cancelledCaught} tells whether the time was over first
     * @throws X if the body threw it
     */
    public static <X extends Throwable> CancelScope moveOnAfter(Duration limit, Body<X> body) throws X {
        var scope = new CancelScope();
        scope.deadline(Duration.ofNanos(scope.loop.clock().nanoTime() + Nanos.of(limit)));
        scope.enclose(body);
        return scope;
    }

    /**
     * Runs a body that no cancellation from outside reaches until it has ended.
     *
     * @param <X> what the body may throw
     * @param body what to run
     * @return the scope
     * @throws X if the body threw it
     */
    public static <X extends Throwable> CancelScope shielded(Body<X> body) throws X {
        var scope = new CancelScope();
        scope.shield = true;
        scope.enclose(body);
        return scope;
    }

    private <X extends Throwable> void enclose(Body<X> body) {
        stepper.scope(this);
        try {
            body.run(this);
        } catch (Throwable e) {
            Throwable settled = stepper.settleInterrupt(e, requestsAtEntry);
            leave();
            swallow(settled);
        } finally {
            leave();
        }
    }

    /** Behind the scope: what its shield has held back counts now. */
    private void swallow(Throwable thrown) {
        if (!cancelCalled || !(thrown instanceof CancelledError)) {
            throw Sneaky.sneak(thrown);
        }
        if (stepper.requestsHere() > requestsAtEntry) {
            stepper.delivered();
            throw Sneaky.sneak(thrown);
        }
        cancelledCaught = true;
    }

    private void leave() {
        ended = true;
        stopTimer();
        stepper.scope(parent);
    }

    /** Cancels the scope: every wait inside throws from now on. Does nothing the second time, or when the scope has ended. */
    public void cancel() {
        cancel(null);
    }

    /**
     * Cancels the scope.
     *
     * @param why the message of the errors
     */
    public void cancel(@Nullable String why) {
        loop.checkThread("CancelScope.cancel");
        if (cancelCalled || ended) {
            return;
        }
        cancelCalled = true;
        reason = why;
        stopTimer();
        stepper.scopesChanged();
    }

    /**
     * Tells whether the scope was cancelled, by {@link #cancel} or its deadline.
     *
     * @return true from that moment on
     */
    public boolean cancelCalled() {
        return cancelCalled;
    }

    /**
     * Tells whether the scope's own cancellation ended its body.
     *
     * @return true if the scope has swallowed it
     */
    public boolean cancelledCaught() {
        return cancelledCaught;
    }

    /**
     * Changes the time at which the scope is cancelled.
     *
     * @param when the time, on the clock of {@link EventLoop#time}, or null for none
     */
    public void deadline(@Nullable Duration when) {
        loop.checkThread("CancelScope.deadline");
        stopTimer();
        deadline = when;
        if (when != null && !cancelCalled && !ended) {
            timer = loop.reactAt(Nanos.of(when), () -> cancel("the deadline of the scope was over"));
        }
    }

    /**
     * Returns the time at which the scope is cancelled.
     *
     * @return the deadline, on the clock of {@link EventLoop#time}, or empty
     */
    public Optional<Duration> deadline() {
        return Optional.ofNullable(deadline);
    }

    /**
     * Puts a shield up or takes it away.
     *
     * @param up true to hold back what is asked for outside the scope
     */
    public void shield(boolean up) {
        loop.checkThread("CancelScope.shield");
        shield = up;
        stepper.scopesChanged();
    }

    /**
     * Tells whether a shield is up.
     *
     * @return true if cancellations from outside are held back
     */
    public boolean shield() {
        return shield;
    }

    private void stopTimer() {
        TimerHandle set = timer;
        if (set != null) {
            set.cancel();
            timer = null;
        }
    }

    @Nullable
    CancelScope parent() {
        return parent;
    }

    @Nullable
    String reason() {
        return reason;
    }

    /** The scope, this or one around it, whose cancellation reaches a wait here. */
    @Nullable
    CancelScope inForce() {
        for (CancelScope scope = this; scope != null; scope = scope.parent) {
            if (scope.cancelCalled) {
                return scope;
            }
            if (scope.shield) {
                return null;
            }
        }
        return null;
    }

    CancelledError newError() {
        return new CancelledError(reason).requestedBy(CancelRequest.SCOPE);
    }

    @Override
    public String toString() {
        return "CancelScope (" + (cancelCalled ? "cancelled" : ended ? "ended" : "active")
                + (shield ? ", shielded" : "") + ")";
    }
}
