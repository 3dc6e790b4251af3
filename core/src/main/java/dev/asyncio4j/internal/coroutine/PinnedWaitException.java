package dev.asyncio4j.internal.coroutine;

import java.util.Arrays;

/** A coroutine was asked to wait where its stack cannot be left, so that the loop itself would have stood still. */
public final class PinnedWaitException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    private PinnedWaitException(String message) {
        super(message);
    }

    /** Describes the stack of the calling thread. */
    static PinnedWaitException here() {
        var stack = Thread.currentThread().getStackTrace();
        String culprit = Arrays.stream(stack)
                .filter(frame -> frame.getMethodName().equals("<clinit>"))
                .findFirst()
                .map(frame -> "the static initializer of " + frame.getClassName() + " (" + frame.getFileName() + ":"
                        + frame.getLineNumber() + ")")
                .orElseGet(() -> belowNative(stack));
        return new PinnedWaitException("cannot wait inside " + culprit
                + ": a coroutine cannot leave its stack there, and the event loop would stand still;"
                + " do the waiting before or after, or in another task");
    }

    private static String belowNative(StackTraceElement[] stack) {
        return Arrays.stream(stack)
                .filter(StackTraceElement::isNativeMethod)
                .filter(frame -> !frame.getClassName().startsWith("jdk.internal.vm.Continuation"))
                .findFirst()
                .map(frame -> "a call from native code at " + frame)
                .orElse("a call that pins the thread (native code, or no memory left to suspend in)");
    }
}
