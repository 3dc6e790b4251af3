package dev.asyncio4j.testing;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Records the steps of a program, so that a test can assert their order.
 *
 * <p><b>Threads.</b> Any.
 *
 * <p><b>Example.</b>
 *
 * {@snippet class="dev.asyncio4j.tests.behaviour.testing.TestingGuideTest" region="first"}
 */
public final class Trail {

    private final ConcurrentLinkedQueue<String> steps = new ConcurrentLinkedQueue<>();

    /** Makes an empty trail. */
    public Trail() {}

    /**
     * Records a step.
     *
     * @param step what happened
     */
    public void step(String step) {
        steps.add(step);
    }

    /**
     * Records a step with the virtual time in front of it, such as {@code PT1H sent}.
     *
     * @param step what happened
     * @throws IllegalStateException outside a {@link VirtualTimeLoop}
     */
    public void timedStep(String step) {
        step(VirtualTime.elapsed() + " " + step);
    }

    /**
     * Returns what was recorded.
     *
     * @return a snapshot, the first step first
     */
    public List<String> steps() {
        return List.copyOf(steps);
    }

    /**
     * Asserts that exactly these steps were recorded, in this order.
     *
     * @param expected the steps
     * @throws AssertionError if others were, naming the first that differs
     */
    public void expect(String... expected) {
        List<String> wanted = List.of(expected);
        List<String> found = steps();
        if (!found.equals(wanted)) {
            throw new AssertionError("the trail differs at step " + (firstDifference(wanted, found) + 1)
                    + "\n  expected " + wanted + "\n  recorded " + found);
        }
    }

    private static int firstDifference(List<String> wanted, List<String> found) {
        int common = Math.min(wanted.size(), found.size());
        for (int i = 0; i < common; i++) {
            if (!wanted.get(i).equals(found.get(i))) {
                return i;
            }
        }
        return common;
    }

    @Override
    public String toString() {
        return "Trail" + steps;
    }
}
