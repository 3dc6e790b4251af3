package dev.asyncio4j.tests.parity;

import dev.asyncio4j.CancelledError;
import dev.asyncio4j.ExceptionGroup;
import dev.asyncio4j.ExitError;
import dev.asyncio4j.InvalidStateException;
import dev.asyncio4j.KeyboardInterrupt;
import dev.asyncio4j.TimeoutException;
import dev.asyncio4j.sync.BrokenBarrierException;
import dev.asyncio4j.sync.QueueEmptyException;
import dev.asyncio4j.sync.QueueFullException;
import dev.asyncio4j.sync.QueueShutDownException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says things as Python says them: for {@link Trace#print}. */
final class Python {

    /** Where a type of ours, or Java's, stands for one of Python's. */
    private static final Map<Class<?>, String> NAMES = Map.ofEntries(
            Map.entry(CancelledError.class, "CancelledError"),
            Map.entry(ExceptionGroup.class, "ExceptionGroup"),
            Map.entry(ExitError.class, "SystemExit"),
            Map.entry(KeyboardInterrupt.class, "KeyboardInterrupt"),
            Map.entry(InvalidStateException.class, "InvalidStateError"),
            Map.entry(TimeoutException.class, "TimeoutError"),
            Map.entry(BrokenBarrierException.class, "BrokenBarrierError"),
            Map.entry(QueueEmptyException.class, "QueueEmpty"),
            Map.entry(QueueFullException.class, "QueueFull"),
            Map.entry(QueueShutDownException.class, "QueueShutDown"),
            Map.entry(java.util.concurrent.TimeoutException.class, "TimeoutError"),
            Map.entry(java.util.concurrent.CancellationException.class, "CancelledError"),
            Map.entry(IllegalStateException.class, "RuntimeError"),
            Map.entry(java.util.concurrent.RejectedExecutionException.class, "RuntimeError"),
            Map.entry(IllegalArgumentException.class, "ValueError"),
            Map.entry(NoSuchElementException.class, "LookupError"));

    /** Where a type of Java's stands for a second one of Python's. */
    private static final Map<Class<?>, String> ELSEWHERE = Map.of(
            IllegalArgumentException.class, "TypeError",
            IllegalStateException.class, "ValueError",
            NoSuchElementException.class, "StopAsyncIteration");

    private Python() {}

    /** {@code type(e).__name__}; an exception of the scenario itself has its own name. */
    static String type(Throwable e) {
        return NAMES.getOrDefault(e.getClass(), e.getClass().getSimpleName());
    }

    /** {@code type(e).__name__} where the type stands for another one of Python's than usual. */
    static String otherType(Throwable e) {
        return ELSEWHERE.getOrDefault(e.getClass(), type(e));
    }

    /** {@code *e.args}: the message, or nothing at all. */
    static Each args(Throwable e) {
        return new Each(e.getMessage() == null ? List.of() : List.of(e.getMessage()));
    }

    /** {@code *values}: each of them as a value of its own. */
    static Each each(Collection<?> values) {
        return new Each(List.copyOf(values));
    }

    /** {@code *values}: each of them as a value of its own. */
    static Each each(Stream<?> values) {
        return new Each(values.toList());
    }

    /** {@code (a, b)}. */
    static Tuple tuple(Object... values) {
        return new Tuple(Arrays.asList(values));
    }

    /** Several values for {@code print}. */
    record Each(List<?> values) {}

    /** Values in round brackets. */
    record Tuple(List<?> values) {}

    static Stream<?> spread(Object value) {
        return value instanceof Each each ? each.values().stream() : Stream.of(new Object[] {value});
    }

    /** {@code str(value)}; of an exception the message. */
    static String str(Object value) {
        return switch (value) {
            case null -> "None";
            case Boolean truth -> truth ? "True" : "False";
            case Collection<?> list -> bracketed("[", list, "]");
            case Tuple(List<?> values) -> bracketed("(", values, values.size() == 1 ? ",)" : ")");
            case Throwable e -> e.getMessage() == null ? "" : e.getMessage();
            default -> value.toString();
        };
    }

    private static String bracketed(String open, Collection<?> values, String close) {
        return values.stream().map(Python::repr).collect(Collectors.joining(", ", open, close));
    }

    private static String repr(Object value) {
        return value instanceof String text ? "'" + text + "'" : str(value);
    }
}
