package dev.asyncio4j;

import org.jspecify.annotations.Nullable;

/**
 * A block during which nothing else may run on the loop, checked.
 *
 * <p>A wait of ours is refused at once. A suspension in the JDK, such as on a lock inside a logger, cannot be refused; it is
 * noticed by the loop, with the stack where it happened, and thrown at the end of the block.
 */
final class AtomicBlock {

    private StackTraceElement @Nullable [] suspendedAt;

    private AtomicBlock() {}

    static <T extends @Nullable Object, X extends Throwable> T call(Coroutine<T, X> body) throws X {
        Stepper<?> stepper = Asyncio.currentStepper("atomically");
        AtomicBlock outer = stepper.atomic();
        if (outer != null) {
            return body.run();
        }
        var block = new AtomicBlock();
        stepper.atomic(block);
        T result;
        try {
            result = body.run();
        } finally {
            stepper.atomic(null);
        }
        block.throwIfSuspended();
        return result;
    }

    IllegalStateException waitInside() {
        return new IllegalStateException(
                "a wait inside Asyncio.atomically: other tasks would run in the middle of the block;"
                        + " wait before or after it, or use a Lock");
    }

    void suspendedOutside(StackTraceElement[] stack) {
        if (suspendedAt == null) {
            suspendedAt = stack;
        }
    }

    private void throwIfSuspended() {
        StackTraceElement[] stack = suspendedAt;
        if (stack != null) {
            var where = new IllegalStateException("the task was suspended here");
            where.setStackTrace(stack);
            throw new IllegalStateException(
                    "a block of Asyncio.atomically was suspended by a blocking call, and other tasks could run", where);
        }
    }
}
