package dev.asyncio4j.benchmarks;

/** One program to be measured. */
@FunctionalInterface
interface Workload {

    /** Does something a number of times, inside a running loop. */
    @FunctionalInterface
    interface Body {
        void run(int count) throws Exception;
    }

    /**
     * Does its operation a number of times, in a loop of its own.
     *
     * @return nanoseconds, or bytes if that is what it measures
     */
    long measure(int count) throws Exception;
}
