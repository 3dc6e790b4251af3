package dev.asyncio4j;

/** One turn in the loop's ready queue: a step of a task, a callback, or a reaction of our own. */
abstract class ReadyEntry {

    /**
     * Takes the turn. Called once per time it was queued, on the loop's bare thread: code of the user's must not run here
     * but on a fiber, for it may hold or want locks.
     */
    abstract void runReady();

    /**
     * Reads what the turn will begin with, and does nothing: whatever is not in the processor's caches is fetched while the
     * next entries are looked at.
     *
     * @return something made of all that was read, so that no compiler leaves it out
     */
    int lookAhead() {
        return 0;
    }

    /** Names this for the warning of a turn that took long. */
    String describeTurn() {
        return "the event loop's own work";
    }

    /**
     * A number for what came from outside at a moment of its own, so that nothing is promised about its place: the same in
     * every run of the program. Zero for what has its place.
     */
    long arrivalNumber() {
        return 0;
    }

    /** Whether a call of the JDK has ended in which a stack was suspended, which goes on in this turn. */
    boolean isWakeUp() {
        return false;
    }
}
