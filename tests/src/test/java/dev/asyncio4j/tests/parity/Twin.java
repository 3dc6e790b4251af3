package dev.asyncio4j.tests.parity;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks the twin of a scenario: a static method of a {@code …Twins} class that takes a {@link Trace}. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface Twin {

    /** The scenario's name, which is that of its folder. */
    String value();

    /** What the twin prints instead of what CPython prints; for scenarios with a line {@code # differs:} only. */
    String prints() default "";
}
