package dev.asyncio4j;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who asked for a cancel, and where: kept for the error that delivers it.
 *
 * @param who a task, or what else asked
 * @param where the first frame outside this library, or null
 */
record CancelRequest(String who, @Nullable StackTraceElement where) {

    static final CancelRequest TIMEOUT = new CancelRequest("a timeout", null);
    static final CancelRequest INTERRUPT = new CancelRequest("an interrupt of its thread", null);
    static final CancelRequest GROUP = new CancelRequest("its task group, in which another task failed", null);

    /** The caller is near: a few frames are enough to find it, and a stack walk costs by the frame. */
    private static final int NEAR = 8;

    private static final StackWalker WALKER = StackWalker.getInstance(Set.of(), NEAR);
    private static final String OURS = CancelRequest.class.getPackageName();

    /** Looks who is calling; a request that is passed on stays its first asker's. */
    static CancelRequest here(BaseEventLoop loop) {
        CancelRequest handedDown = loop.handedDown();
        if (handedDown != null) {
            return handedDown;
        }
        Task<?> task = loop.currentTask();
        String who = task != null ? task.describe() : "a callback, or code outside the loop";
        return new CancelRequest(who, caller().orElse(null));
    }

    private static Optional<StackTraceElement> caller() {
        return WALKER.walk(frames -> frames.filter(frame -> !isOurs(frame.getClassName()))
                .findFirst()
                .map(StackWalker.StackFrame::toStackTraceElement));
    }

    private static boolean isOurs(String className) {
        return className.startsWith(OURS) && className.lastIndexOf('.') == OURS.length();
    }

    @Override
    public String toString() {
        return where == null ? who : who + " at " + where;
    }
}
