package dev.asyncio4j;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of one loop that are not done, held strongly so that none is lost while it waits.
 *
 * <p>A list whose links are the steppers' own fields, since every task goes in and out once. Loop thread only.
 */
final class LiveTasks {

    private @Nullable Stepper<?> first;

    void began(Stepper<?> stepper) {
        Stepper<?> second = first;
        stepper.next = second;
        if (second != null) {
            second.previous = stepper;
        }
        first = stepper;
    }

    void ended(Stepper<?> stepper) {
        Stepper<?> before = stepper.previous;
        Stepper<?> after = stepper.next;
        if (before != null) {
            before.next = after;
        } else if (first == stepper) {
            first = after;
        }
        if (after != null) {
            after.previous = before;
        }
        stepper.previous = null;
        stepper.next = null;
    }

    /** A snapshot, the oldest task first. */
    Set<Task<?>> all() {
        var newestFirst = new LinkedHashSet<Task<?>>();
        for (Stepper<?> stepper = first; stepper != null; stepper = stepper.next) {
            newestFirst.add(stepper.task());
        }
        return newestFirst.reversed();
    }

    boolean anyMatch(Predicate<Stepper<?>> condition) {
        for (Stepper<?> stepper = first; stepper != null; stepper = stepper.next) {
            if (condition.test(stepper)) {
                return true;
            }
        }
        return false;
    }

    boolean isEmpty() {
        return first == null;
    }
}
