package dev.asyncio4j.sync;

/** A {@link Semaphore} that never has more permits than at first: to give back what was not taken is an error (SEM-4). */
public final class BoundedSemaphore extends Semaphore {

    private final int bound;

    /** Makes a semaphore with one permit. */
    public BoundedSemaphore() {
        this(1);
    }

    /**
     * Makes a semaphore.
     *
     * @param value how many permits there are at first, and at most
     * @throws IllegalArgumentException if that is negative
     */
    public BoundedSemaphore(int value) {
        super(value);
        this.bound = value;
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException if no permit is out
     */
    @Override
    public void release() {
        if (value() >= bound) {
            throw new IllegalStateException(
                    title() + " was released too often: all of its " + bound + " permits are there already");
        }
        super.release();
    }
}
