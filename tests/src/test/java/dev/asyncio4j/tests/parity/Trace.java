package dev.asyncio4j.tests.parity;

import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/**
 * What a twin prints.
 *
 * <p><b>Threads.</b> Any, without a lock; twins print from one thread at a time, as scenarios do.
 */
final class Trace {

    private final Queue<String> lines = new ConcurrentLinkedQueue<>();

    /**
     * Adds a line, as Python's {@code print} does: values in Python's form, a space between two.
     *
     * @param values what to print; {@link Python#each} stands for as many values as it has
     */
    void print(Object... values) {
        lines.add(Arrays.stream(values).flatMap(Python::spread).map(Python::str).collect(Collectors.joining(" ")));
    }

    List<String> lines() {
        return List.copyOf(lines);
    }
}
