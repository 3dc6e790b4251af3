package dev.asyncio4j.cli.program;

import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** Takes the launcher out of what the user sees of an exception. */
final class StackTraces {

    private static final String LAUNCHER = "dev.asyncio4j.cli.";

    private StackTraces() {}

    /** Cuts the launcher's frames off the exception, its causes and what it suppressed. */
    static void cutLauncher(Throwable thrown) {
        cutLauncher(thrown, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    private static void cutLauncher(Throwable thrown, Set<Throwable> seen) {
        if (!seen.add(thrown)) {
            return;
        }
        var frames = thrown.getStackTrace();
        var kept = programFrames(frames);
        if (kept < frames.length) {
            thrown.setStackTrace(Arrays.copyOf(frames, kept));
        }
        if (thrown.getCause() != null) {
            cutLauncher(thrown.getCause(), seen);
        }
        for (var suppressed : thrown.getSuppressed()) {
            cutLauncher(suppressed, seen);
        }
    }

    /** How many frames come before the launcher's, and before the JDK's with which it calls the program. */
    private static int programFrames(StackTraceElement[] frames) {
        var end = frames.length;
        while (end > 0 && isLauncher(frames[end - 1])) {
            end--;
        }
        if (end < frames.length) {
            while (end > 0 && isJdk(frames[end - 1])) {
                end--;
            }
        }
        return end;
    }

    private static boolean isLauncher(StackTraceElement frame) {
        return frame.getClassName().startsWith(LAUNCHER);
    }

    private static boolean isJdk(StackTraceElement frame) {
        return "java.base".equals(frame.getModuleName());
    }
}
