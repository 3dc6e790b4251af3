package dev.asyncio4j.tests.memory;

import dev.asyncio4j.Action;
import dev.asyncio4j.Asyncio;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A process that runs each scenario three times to warm up and three times to be measured, on one loop, and prints what has
 * stayed behind. The property {@code leaks} names the scenarios: {@code features}, or {@code planted}.
 */
final class LeakAudit {

    /** What begins a line of figures. */
    static final String LINE = "leaks: ";

    private static final int ROUNDS = 3;

    /** Ends that are told to nobody, such as that of a thread, are waited for. */
    private static final int MOST_LOOKS = Integer.getInteger("leaks.looks", 100);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private LeakAudit() {}

    public static void main(String[] args) throws Throwable {
        LeakReports.install();
        Map<String, Action<?>> scenarios =
                System.getProperty("leaks").equals("planted") ? PlantedLeaks.all() : LeakScenarios.all();
        Asyncio.run(() -> {
            Footprint.now();
            for (var scenario : scenarios.entrySet()) {
                audit(scenario.getKey(), scenario.getValue());
            }
        });
        System.exit(0);
    }

    private static void audit(String name, Action<?> scenario) throws Throwable {
        rounds(scenario);
        LeakScenarios.executor(); // its threads go when they are idle for ten seconds, which a slow machine may need
        Footprint before = settled();
        rounds(scenario);
        LeakScenarios.executor();
        Footprint after = Footprint.now();
        for (int i = 0; i < MOST_LOOKS && !isClean(after, before); i++) {
            Asyncio.sleep(BETWEEN_LOOKS);
            after = Footprint.now();
        }
        String figures = after.since(before).entrySet().stream()
                .map(figure -> figure.getKey() + " " + figure.getValue())
                .collect(Collectors.joining(", "));
        System.out.println(LINE + name + ": " + figures + classes(after.classesSince(before)));
    }

    private static String classes(Map<String, Long> changed) {
        return changed.isEmpty() ? "" : " " + changed;
    }

    /** Fewer threads are no leak: those that serve child processes end when they have been idle for a second. */
    private static boolean isClean(Footprint after, Footprint before) {
        return after.since(before).entrySet().stream()
                .allMatch(figure ->
                        figure.getValue() == 0 || (figure.getKey().equals("threads") && figure.getValue() < 0));
    }

    private static void rounds(Action<?> scenario) throws Throwable {
        for (int i = 0; i < ROUNDS; i++) {
            scenario.run();
        }
    }

    /** What is there when two looks see the same. */
    private static Footprint settled() {
        Footprint last = Footprint.now();
        for (int i = 0; i < Math.min(MOST_LOOKS, 20); i++) {
            Asyncio.sleep(BETWEEN_LOOKS);
            Footprint next = Footprint.now();
            if (isClean(next, last)) {
                return next;
            }
            last = next;
        }
        return last;
    }
}
