/**
 * Do the examples do what they say, and does the documentation show what was compiled and run?
 *
 * <p>Each program runs in a process of its own, as its users run it. Read {@code ExamplesTest} first.
 */
package dev.asyncio4j.tests.examples;
