package dev.asyncio4j;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A task group that takes its work from an iterator, and takes no more than it may run at a time: what is behind
 * {@link Asyncio#mapConcurrent} and {@link Asyncio#forEachConcurrent}.
 */
final class BoundedGroup {

    /*
     * A place is free before the iterator is even asked whether there is more, since asking may already read. A place is
     * given back when its task has ended, not by the task's body: a task that is cancelled before it begins runs none.
     */

    private final BaseEventLoop loop;
    private final int limit;
    private final Set<Task<?>> running = new LinkedHashSet<>();
    private @Nullable WaitForOthers freePlace;
    private @Nullable CancelledError cancelledMember;

    private BoundedGroup(int limit) {
        this.loop = Asyncio.running("a bounded group");
        if (limit < 1) {
            throw new IllegalArgumentException("at least one must be allowed to run at a time; the limit was " + limit);
        }
        this.limit = limit;
    }

    static <A extends @Nullable Object, R extends @Nullable Object> List<R> map(
            int limit, Iterator<? extends A> inputs, CoroutineFunction<? super A, ? extends R> function) {
        var group = new BoundedGroup(limit);
        List<@Nullable R> results = new ArrayList<>();
        group.run(inputs, input -> {
            int place = results.size();
            results.add(null);
            return () -> results.set(place, function.apply(input));
        });
        group.throwIfAnyCancelled();
        return whole(results);
    }

    /** Every place has been filled; with null only where a result may be null. */
    @SuppressWarnings("NullAway")
    private static <R extends @Nullable Object> List<R> whole(List<@Nullable R> results) {
        return Collections.unmodifiableList(results);
    }

    static <A extends @Nullable Object> void forEach(
            int limit, Iterator<? extends A> inputs, CoroutineConsumer<? super A> consumer) {
        new BoundedGroup(limit).run(inputs, input -> () -> consumer.accept(input));
    }

    /** What to do with an input; asked in the order of the inputs. */
    private interface Work<A extends @Nullable Object> {
        Action<?> on(A input);
    }

    private <A extends @Nullable Object> void run(Iterator<? extends A> inputs, Work<A> work) {
        TaskGroup.run(group -> {
            awaitPlace();
            while (inputs.hasNext()) {
                start(group, work.on(inputs.next()));
                awaitPlace();
            }
        });
    }

    private void start(TaskGroup group, Action<?> body) {
        Task<?> task = group.createTask(body);
        running.add(task);
        task.whenDone(new MemberDone(task));
    }

    private void awaitPlace() {
        while (running.size() >= limit) {
            var place = new WaitForOthers(loop, "the first of " + limit + " to end", running);
            freePlace = place;
            place.await();
        }
    }

    private final class MemberDone extends ReadyEntry {

        private final Task<?> member;

        MemberDone(Task<?> member) {
            this.member = member;
        }

        @Override
        void runReady() {
            running.remove(member);
            if (freePlace != null) {
                freePlace.tell();
            }
            if (cancelledMember == null && member.cancelled()) {
                cancelledMember = member.cancellationToThrow();
            }
        }
    }

    private void throwIfAnyCancelled() {
        if (cancelledMember != null) {
            throw cancelledMember;
        }
    }
}
