package dev.asyncio4j.tests.planted;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.PrintStream;
import java.util.Arrays;
import org.junit.platform.commons.JUnitException;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs test classes in a process of its own, until the first of their tests fails. */
final class PlantedRunner {

    static final int PASSED = 10;
    static final int FAILED = 11;

    /** A class is not there, has no test, or cannot be loaded: that is no verdict. */
    static final int NOT_TRIED = 12;

    private PlantedRunner() {}

    public static void main(String[] classes) {
        int code = NOT_TRIED;
        try {
            code = run(classes, System.out);
        } catch (JUnitException e) {
            System.out.println("not tried: " + e);
        }
        Runtime.getRuntime().halt(code);
    }

    private static int run(String[] classes, PrintStream out) {
        var request = LauncherDiscoveryRequestBuilder.request()
                .selectors(Arrays.stream(classes).map(name -> selectClass(name)).toList())
                .build();
        var listener = new StopAtFailure(out);
        LauncherFactory.create().execute(request, listener);
        out.println(listener.passed);
        return listener.passed > 0 ? PASSED : NOT_TRIED;
    }

    private static final class StopAtFailure implements TestExecutionListener {

        private final PrintStream out;
        private int passed;

        StopAtFailure(PrintStream out) {
            this.out = out;
        }

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            result.getThrowable().ifPresent(failure -> {
                out.println(test.getDisplayName() + ": " + failure.toString().replaceAll("\\s+", " "));
                failure.printStackTrace();
                Runtime.getRuntime().halt(isVerdict(test, failure) ? FAILED : NOT_TRIED);
            });
            if (test.isTest()) {
                passed++;
            }
        }

        /** The engine itself fails where a class was not found. */
        private static boolean isVerdict(TestIdentifier test, Throwable failure) {
            return test.getParentId().isPresent() && !(failure instanceof JUnitException);
        }
    }
}
