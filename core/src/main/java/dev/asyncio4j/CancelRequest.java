package dev.asyncio4j;

import java.lang.StackWalker.StackFrame;
import java.util.Iterator;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who asked for a cancel, and where: kept for the error that delivers it.
 *
 * <p>Most are never read, so this holds what the words are made of: the name or number of a task, and a frame as the walker
 * found it. It does not hold the task, which may be gone long before the error.
 */
final class CancelRequest {

    static final CancelRequest TIMEOUT = new CancelRequest("a timeout");
    static final CancelRequest SCOPE = new CancelRequest("a cancel scope");
    static final CancelRequest INTERRUPT = new CancelRequest("an interrupt of its thread");
    static final CancelRequest GROUP = new CancelRequest("its task group, in which another task failed");
    static final CancelRequest GROUP_BODY = new CancelRequest("its task group, whose body failed");

    static final CancelRequest END = new CancelRequest("the end of the program, which did not wait for it");

    /** The caller is near: a few frames are enough to find it, and a stack walk costs by the frame. */
    private static final int NEAR = 6;

    private static final StackWalker WALKER = StackWalker.getInstance(Set.of(), NEAR);
    private static final String OURS = CancelRequest.class.getPackageName();
    private static final long NO_TASK = 0;

    /** What asked, or the name that a task was given. */
    private final @Nullable String name;

    private final long taskNumber;

    /** The first frame outside this library. */
    private final @Nullable StackFrame where;

    private CancelRequest(String what) {
        this(what, NO_TASK, null);
    }

    private CancelRequest(@Nullable String name, long taskNumber, @Nullable StackFrame where) {
        this.name = name;
        this.taskNumber = taskNumber;
        this.where = where;
    }

    /** Looks who is calling; a request that is passed on stays its first asker's. */
    static CancelRequest here(BaseEventLoop loop) {
        CancelRequest handedDown = loop.handedDown();
        if (handedDown != null) {
            return handedDown;
        }
        StackFrame caller = WALKER.walk(CancelRequest::firstOfOthers);
        Task<?> task = loop.currentTask();
        return task == null
                ? new CancelRequest("a callback, or code outside the loop", NO_TASK, caller)
                : new CancelRequest(task.givenName(), task.number(), caller);
    }

    /** Does something whose requests to cancel are all to count as this one. */
    static void inTheNameOf(CancelRequest request, BaseEventLoop loop, Runnable cancels) {
        CancelRequest outer = loop.handDown(request);
        try {
            cancels.run();
        } finally {
            loop.handDown(outer);
        }
    }

    private static @Nullable StackFrame firstOfOthers(Stream<StackFrame> frames) {
        for (Iterator<StackFrame> callers = frames.iterator(); callers.hasNext(); ) {
            StackFrame frame = callers.next();
            if (!isOurs(frame.getClassName())) {
                return frame;
            }
        }
        return null;
    }

    private static boolean isOurs(String className) {
        return className.startsWith(OURS) && className.lastIndexOf('.') == OURS.length();
    }

    private String who() {
        return taskNumber == NO_TASK ? String.valueOf(name) : Task.describe(name, taskNumber);
    }

    @Override
    public String toString() {
        return where == null ? who() : who() + " at " + where.toStackTraceElement();
    }
}
