package dev.asyncio4j.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test of JUnit whose method is the main task of a {@link VirtualTimeLoop}.
 *
 * <p>It fails as any test does, and also when it hangs, when it leaves tasks behind, and when an exception reached the
 * loop's default exception handler; see {@link VirtualTime#run(dev.asyncio4j.Coroutine)}. Methods that run before and after
 * each test run outside the loop.
 *
 * <p><b>Example.</b>
 *
 * {@snippet class="dev.asyncio4j.tests.behaviour.testing.TestingGuideTest" region="first"}
 *
 * <p>For repeated and parameterized tests, and for other options, register an {@link AsyncioExtension}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Test
@ExtendWith(AsyncioExtension.class)
public @interface AsyncioTest {

    /**
     * Decides whether tasks may be pending when the method has ended.
     *
     * @return true to cancel them silently
     */
    boolean allowsPendingTasks() default false;

    /**
     * Limits the real time that the clock may stand still while something outside is waited for.
     *
     * @return milliseconds, more than zero
     */
    long standstillMillis() default 5_000;

    /**
     * Limits the real time of the whole test.
     *
     * @return milliseconds, more than zero
     */
    long runMillis() default 60_000;
}
