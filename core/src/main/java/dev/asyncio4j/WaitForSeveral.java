package dev.asyncio4j;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One call of {@link Asyncio#wait}: a future that the members complete, and that takes nothing else along when it is
 * cancelled (WA-2).
 */
final class WaitForSeveral<F extends Future<?>> {

    private final BaseEventLoop loop;
    private final Set<F> members;
    private final WaitOptions options;
    private final WaitForOthers enough;
    private int unfinished;

    private WaitForSeveral(BaseEventLoop loop, Set<F> members, WaitOptions options) {
        this.loop = loop;
        this.members = members;
        this.options = options;
        this.unfinished = members.size();
        this.enough = new WaitForOthers(loop, label(), members);
    }

    private String label() {
        return switch (options.returnWhen()) {
            case FIRST_COMPLETED -> "the first of " + unfinished + " to end";
            case FIRST_EXCEPTION -> "the first of " + unfinished + " to fail";
            case ALL_COMPLETED -> "the end of " + unfinished;
        };
    }

    static <F extends Future<?>> WaitResult<F> await(
            BaseEventLoop loop, Collection<? extends F> given, WaitOptions options) {
        loop.currentStepper("wait");
        Set<F> members = distinct(loop, given);
        if (members.isEmpty()) {
            throw new IllegalArgumentException("wait needs at least one task or future; it was given none");
        }
        return new WaitForSeveral<>(loop, members, options).await();
    }

    /** The members without repetition, in the order given; all are of this loop. */
    static <F extends Future<?>> Set<F> distinct(BaseEventLoop loop, Collection<? extends F> given) {
        var members = new LinkedHashSet<F>(given);
        members.forEach(loop::ensureFuture);
        return members;
    }

    private WaitResult<F> await() {
        List<MemberDone> entries = new ArrayList<>(members.size());
        members.forEach(member -> entries.add(new MemberDone(member)));
        TimerHandle timer = startTimer();
        try {
            enough.await();
        } finally {
            entries.forEach(MemberDone::withdraw);
            if (timer != null) {
                timer.cancel();
            }
        }
        return WaitResult.of(members);
    }

    private @Nullable TimerHandle startTimer() {
        var timeout = options.timeout();
        return timeout == null ? null : loop.reactLater(Nanos.of(timeout), enough::tell);
    }

    private final class MemberDone extends ReadyEntry {

        private final F member;

        MemberDone(F member) {
            this.member = member;
            member.whenDone(this);
        }

        void withdraw() {
            member.forget(this);
        }

        @Override
        void runReady() {
            unfinished--;
            if (unfinished == 0 || isEnough()) {
                enough.tell();
            }
        }

        private boolean isEnough() {
            return switch (options.returnWhen()) {
                case FIRST_COMPLETED -> true;
                case FIRST_EXCEPTION -> !member.cancelled() && member.exception() != null;
                case ALL_COMPLETED -> false;
            };
        }
    }
}
