package dev.asyncio4j;

/**
 * Thrown where a generator's body yields, when the generator is being closed: its {@code finally} blocks run, and it ends.
 *
 * <p>A body that catches it must not yield again (AG-2).
 */
public final class GeneratorExit extends Error {

    private static final long serialVersionUID = 1L;

    /** Makes the error. */
    public GeneratorExit() {}
}
