package dev.asyncio4j;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Several failures at once, as a {@link TaskGroup} throws them (PEP 654).
 *
 * <p>Groups may hold groups. The first failure is the cause as well, and the others are suppressed ones, so that every
 * stack trace is printed.
 */
public final class ExceptionGroup extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What went wrong, in the order in which it happened; never empty. */
    private final transient List<Throwable> exceptions;

    /** The message without the count. */
    private final String title;

    /**
     * Makes a group.
     *
     * @param title what failed
     * @param exceptions why, in order
     * @throws IllegalArgumentException if there is no exception
     */
    public ExceptionGroup(String title, List<? extends Throwable> exceptions) {
        super(title + " (" + count(exceptions) + ")", exceptions.getFirst());
        this.title = title;
        this.exceptions = List.copyOf(exceptions);
        this.exceptions.stream().skip(1).forEach(this::addSuppressed);
    }

    private static String count(List<?> exceptions) {
        if (exceptions.isEmpty()) {
            throw new IllegalArgumentException("a group needs at least one exception");
        }
        return exceptions.size() == 1 ? "1 exception" : exceptions.size() + " exceptions";
    }

    /**
     * Returns what went wrong.
     *
     * @return the members in order; groups are not opened
     */
    public List<Throwable> exceptions() {
        return exceptions;
    }

    /**
     * Returns all members, those of nested groups included.
     *
     * @return a stream that contains no group
     */
    public Stream<Throwable> leaves() {
        return exceptions.stream().flatMap(e -> e instanceof ExceptionGroup group ? group.leaves() : Stream.of(e));
    }

    /**
     * Keeps the members that match; the nesting stays.
     *
     * @param matches tells for a member that is no group whether to keep it
     * @return a group of those kept, or empty if there are none
     */
    public Optional<ExceptionGroup> subgroup(Predicate<? super Throwable> matches) {
        List<Throwable> kept = exceptions.stream()
                .flatMap(e -> e instanceof ExceptionGroup group
                        ? group.subgroup(matches).stream()
                        : Stream.of(e).filter(matches))
                .toList();
        return kept.isEmpty() ? Optional.empty() : Optional.of(new ExceptionGroup(title, kept));
    }

    /**
     * Keeps the members of one type; the nesting stays.
     *
     * @param type the type to keep
     * @return a group of those kept, or empty if there are none
     */
    public Optional<ExceptionGroup> subgroup(Class<? extends Throwable> type) {
        return subgroup(type::isInstance);
    }

    /**
     * Parts the members that match from the others.
     *
     * @param matches tells for a member that is no group whether it matches
     * @return both parts
     */
    public Split split(Predicate<? super Throwable> matches) {
        return new Split(subgroup(matches), subgroup(e -> !matches.test(e)));
    }

    /**
     * The two parts of a group.
     *
     * @param matching the members that match, if any
     * @param rest the other members, if any
     */
    public record Split(Optional<ExceptionGroup> matching, Optional<ExceptionGroup> rest) {}

    /**
     * Handles the members of one type and throws the others on, as Python's {@code except*} does.
     *
     * @param <E> the type
     * @param type the type to handle
     * @param handler is given each member of that type
     * @throws ExceptionGroup the members of other types, if any
     */
    public <E extends Throwable> void handle(Class<E> type, Consumer<? super E> handler) {
        leaves().filter(type::isInstance).map(type::cast).forEach(handler);
        subgroup(e -> !type.isInstance(e)).ifPresent(rest -> {
            throw rest;
        });
    }
}
