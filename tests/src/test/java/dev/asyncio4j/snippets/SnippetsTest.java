package dev.asyncio4j.snippets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncio4j.Action;
import dev.asyncio4j.Asyncio;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Runs what the documentation of the API shows. */
class SnippetsTest {

    @Test
    void frontDoor_hello_greetsBothAtATime() throws Exception {
        assertThat(printed(FrontDoor::main)).isEqualTo("""
                Hello, Ada!
                Hello, Grace!
                Goodbye, Ada!
                Goodbye, Grace!
                """);
    }

    @Test
    void groups_group_reportsTheFailure() throws Exception {
        assertThat(printed(() -> Asyncio.run(Groups::show))).isEqualTo("could not load: broken\n");
    }

    @Test
    void generators_generator_countsDown() throws Exception {
        assertThat(printed(() -> Asyncio.run(Generators::liftOff))).isEqualTo("3\n2\n1\n");
    }

    @Test
    void scopes_moveOn_movesOn() throws Exception {
        assertThat(printed(() -> Asyncio.run(Scopes::show))).isEqualTo("went on without it\n");
    }

    @Test
    void loops_taskFactory_startsAtOnce() throws Exception {
        assertThat(printed(() -> Asyncio.run(Loops::show))).isEqualTo("""
                first: a task starts at once, and not when its creator waits
                second
                """);
    }

    /** Returns what a program writes to standard output. */
    private static String printed(Action<Exception> program) throws Exception {
        var bytes = new ByteArrayOutputStream();
        var before = System.out;
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            program.run();
        } finally {
            System.setOut(before);
        }
        return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }

    @Test
    void loops() {
        assertThat(Asyncio.run(Loops::sums))
                .hasSize(4)
                .satisfies(sums -> assertThat(
                                sums.stream().mapToLong(Long::longValue).sum())
                        .isEqualTo(500_500));
    }
}
