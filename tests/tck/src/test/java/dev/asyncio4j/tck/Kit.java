package dev.asyncio4j.tck;

import java.util.List;
import org.reactivestreams.tck.TestEnvironment;
import org.testng.IMethodInstance;
import org.testng.IMethodInterceptor;
import org.testng.ITestContext;

/** How the kit is set up, and which of its tests are run: all but those that say of themselves that they test nothing. */
public final class Kit implements IMethodInterceptor {

    /** How long the kit waits for what must come; it goes on as soon as that has come. */
    private static final long PATIENCE_MILLIS = 5_000;

    /** How long it waits for what must not come: always so long. */
    private static final long SILENCE_MILLIS = 30;

    static TestEnvironment environment() {
        return new TestEnvironment(PATIENCE_MILLIS, SILENCE_MILLIS, SILENCE_MILLIS);
    }

    @Override
    public List<IMethodInstance> intercept(List<IMethodInstance> methods, ITestContext context) {
        return methods.stream()
                .filter(method -> !method.getMethod().getMethodName().startsWith("untested_"))
                .toList();
    }
}
