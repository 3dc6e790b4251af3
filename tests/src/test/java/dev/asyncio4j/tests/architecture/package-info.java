/**
 * What holds for the code as a whole: who imports whom, where time and chance come in, what may be caught.
 *
 * <p>{@link LadderTest} has the table of rooms; a new package needs a row there. {@link DoorsTest} has the list of
 * doors. {@link CatchThrowableTest} says which handler may keep what it caught.
 */
package dev.asyncio4j.tests.architecture;
