package dev.asyncio4j.testing;

import java.lang.reflect.Method;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Runs the methods of JUnit tests in virtual time.
 *
 * <p>{@link AsyncioTest} brings it for one method. Registered for a class, with {@code @ExtendWith} or
 * {@code @RegisterExtension}, it does the same for every {@code @Test}, {@code @RepeatedTest} and
 * {@code @ParameterizedTest} of the class.
 */
@SuppressWarnings(
        "exports") // JUnit is optional: who uses this class has it, and a transitive need would be everybody's
public final class AsyncioExtension implements InvocationInterceptor {

    private final VirtualTimeOptions options;

    /** Makes an extension with default options. */
    public AsyncioExtension() {
        this(VirtualTimeOptions.DEFAULT);
    }

    /**
     * Makes an extension.
     *
     * @param options for all methods but those that have their own, by {@link AsyncioTest}
     */
    public AsyncioExtension(VirtualTimeOptions options) {
        this.options = options;
    }

    @Override
    public void interceptTestMethod(
            Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        VirtualTime.run(invocation::proceed, optionsFor(method.getExecutable()));
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        VirtualTime.run(invocation::proceed, optionsFor(method.getExecutable()));
    }

    private VirtualTimeOptions optionsFor(Method method) {
        return AnnotationSupport.findAnnotation(method, AsyncioTest.class)
                .map(this::adjusted)
                .orElse(options);
    }

    private VirtualTimeOptions adjusted(AsyncioTest test) {
        return options.withPendingTasksAllowed(test.allowsPendingTasks())
                .withStandstillLimit(Duration.ofMillis(test.standstillMillis()))
                .withRunLimit(Duration.ofMillis(test.runMillis()));
    }
}
