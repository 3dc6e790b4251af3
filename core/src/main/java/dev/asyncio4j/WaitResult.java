package dev.asyncio4j;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What {@link Asyncio#wait} found when it returned (WA-4).
 *
 * @param <F> the kind of future: {@link Task} or {@link Future}
 * @param done the members that have ended, in the order in which they were given
 * @param pending the others, in that order
 */
public record WaitResult<F extends Future<?>>(Set<F> done, Set<F> pending) {

    static <F extends Future<?>> WaitResult<F> of(Collection<F> members) {
        return new WaitResult<>(only(members, Future::done), only(members, member -> !member.done()));
    }

    private static <F extends Future<?>> Set<F> only(Collection<F> members, Predicate<F> kept) {
        var set = new LinkedHashSet<F>();
        members.stream().filter(kept).forEach(set::add);
        return Collections.unmodifiableSet(set);
    }
}
