package dev.asyncio4j.cli.program;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("native") // runs no coroutine
class StackTracesTest {

    private static final StackTraceElement USER = frame("Hello", "main");
    private static final StackTraceElement INVOKE =
            new StackTraceElement(null, "java.base", "25", "java.lang.reflect.Method", "invoke", null, -1);
    private static final StackTraceElement LAUNCHER = frame("dev.asyncio4j.cli.program.Launcher", "launch");
    private static final StackTraceElement MAIN = frame("dev.asyncio4j.cli.Main", "main");

    @Test
    void cutLauncher_framesOfTheLauncher_endsWithTheProgramsFirst() {
        var thrown = withFrames(new Error(), USER, INVOKE, LAUNCHER, MAIN);
        StackTraces.cutLauncher(thrown);
        assertThat(thrown.getStackTrace()).containsExactly(USER);
    }

    @Test
    void cutLauncher_reflectionOfTheProgram_isKept() {
        var thrown = withFrames(new Error(), USER, INVOKE, USER, INVOKE, MAIN);
        StackTraces.cutLauncher(thrown);
        assertThat(thrown.getStackTrace()).containsExactly(USER, INVOKE, USER);
    }

    @Test
    void cutLauncher_traceOfAnotherThread_isKept() {
        var thrown = withFrames(new Error(), USER, INVOKE);
        StackTraces.cutLauncher(thrown);
        assertThat(thrown.getStackTrace()).containsExactly(USER, INVOKE);
    }

    @Test
    void cutLauncher_causesAndSuppressedInACircle_areAllCut() {
        var cause = withFrames(new Error("cause"), USER, MAIN);
        var suppressed = withFrames(new Error("suppressed"), USER, MAIN);
        var thrown = withFrames(new Error("top", cause), USER, MAIN);
        thrown.addSuppressed(suppressed);
        suppressed.initCause(thrown);
        StackTraces.cutLauncher(thrown);
        assertThat(cause.getStackTrace()).containsExactly(USER);
        assertThat(suppressed.getStackTrace()).containsExactly(USER);
    }

    private static Throwable withFrames(Throwable thrown, StackTraceElement... frames) {
        thrown.setStackTrace(frames);
        return thrown;
    }

    private static StackTraceElement frame(String type, String method) {
        return new StackTraceElement(type, method, null, -1);
    }
}
