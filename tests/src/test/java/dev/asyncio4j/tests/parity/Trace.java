package dev.asyncio4j.tests.parity;

import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a twin prints.
 *
 * <p><b>Threads.</b> Any, without a lock; twins print from one thread at a time, as scenarios do.
 */
final class Trace {

    private final Queue<String> lines = new ConcurrentLinkedQueue<>();

    /**
     * Adds a line, as Python's {@code print} does.
     *
     * @param only what to print, in Python's form; {@link Python#each} stands for as many values as it has
     */
    void print(Object only) {
        add(Stream.of(new Object[] {only}));
    }

    /**
     * Adds a line, as Python's {@code print} does: values in Python's form, a space between two.
     *
     * @param first what to print
     * @param second more of it
     * @param rest more of it
     */
    void print(Object first, Object second, Object... rest) {
        add(Stream.concat(Stream.of(first, second), Arrays.stream(rest)));
    }

    private void add(Stream<?> values) {
        lines.add(values.flatMap(Python::spread).map(Python::str).collect(Collectors.joining(" ")));
    }

    List<String> lines() {
        return List.copyOf(lines);
    }
}
