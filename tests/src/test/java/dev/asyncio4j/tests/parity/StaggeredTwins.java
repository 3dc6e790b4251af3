package dev.asyncio4j.tests.parity;

import static dev.asyncio4j.Asyncio.*;
import static dev.asyncio4j.tests.parity.Loops.forever;
import static dev.asyncio4j.tests.parity.Loops.run;
import static dev.asyncio4j.tests.parity.Python.each;
import static dev.asyncio4j.tests.parity.Python.type;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.CancelledError;
import dev.asyncio4j.RaceResult;
import dev.asyncio4j.sync.Event;
import java.time.Duration;
import java.util.List;

/** Twins of the {@code staggered-race-…} scenarios. */
final class StaggeredTwins {

    private StaggeredTwins() {}

    /** The winner's number as Python has it: {@code None} if there is none. */
    private static Object index(RaceResult<?> race) {
        return race.won() ? race.index() : null;
    }

    @Twin("staggered-race-all-fail")
    static void allFail(Trace out) {
        run(() -> {
            var race = staggeredRace(List.of(() -> failing("a"), () -> failing("b")), null);
            out.print("winner", race.result(), "index", index(race));
            race.exceptions().forEach(error -> out.print(type(error), error));
            race = staggeredRace(List.of(), null);
            out.print(
                    "no attempts:",
                    race.result(),
                    index(race),
                    race.exceptions().size());
        });
    }

    private static Object failing(String name) {
        sleep(ZERO);
        throw new Boom(name);
    }

    @Twin("staggered-race-cancelled")
    static void cancelled(Trace out) {
        run(() -> {
            var started = new Event();
            var task = createTask(() -> staggeredRace(List.of(() -> endless(out, "only", started)), ofHours(1)));
            started.await();
            task.cancel();
            Asyncio.wait(List.of(task));
            out.print("race cancelled", task.cancelled());
        });
    }

    private static Void endless(Trace out, String name, Event started) {
        out.print(name, "starts");
        started.set();
        try {
            forever();
            return null;
        } finally {
            sleep(ZERO);
            out.print(name, "cleaned up");
        }
    }

    @Twin("staggered-race-failure-starts-the-next")
    static void failureStartsTheNext(Trace out) {
        run(() -> {
            var race = staggeredRace(
                    List.of(
                            () -> attempt(out, "a", true),
                            () -> attempt(out, "b", true),
                            () -> attempt(out, "c", false)),
                    ofHours(1));
            out.print("winner", race.result(), "index", index(race));
            race.exceptions().forEach(error -> out.print("error", error));
        });
    }

    private static String attempt(Trace out, String name, boolean fails) {
        out.print(name, "starts");
        sleep(ZERO);
        if (fails) {
            throw new Boom(name);
        }
        return name;
    }

    @Twin("staggered-race-first-wins")
    static void firstWins(Trace out) {
        run(() -> {
            var race = staggeredRace(
                    List.of(
                            () -> sleeper(out, "slow", ofHours(1)),
                            () -> sleeper(out, "quick", null),
                            () -> sleeper(out, "never", null)),
                    ofMillis(20));
            out.print("winner", race.result(), "index", index(race));
            out.print("errors", each(race.exceptions().stream().map(StaggeredTwins::typeOrNone)));
        });
    }

    private static String sleeper(Trace out, String name, Duration time) {
        out.print(name, "starts");
        try {
            if (time != null) {
                sleep(time);
            }
        } catch (CancelledError e) {
            out.print(name, "cancelled");
            throw e;
        }
        return name;
    }

    private static String typeOrNone(Throwable error) {
        return error == null ? "NoneType" : type(error);
    }

    @Twin("staggered-race-without-delay-is-one-by-one")
    static void withoutDelay(Trace out) {
        run(() -> {
            var race = staggeredRace(
                    List.of(
                            () -> runner(out, "a", 4, true),
                            () -> runner(out, "b", 2, false),
                            () -> runner(out, "c", 0, false)),
                    null);
            out.print(
                    "winner",
                    race.result(),
                    "index",
                    index(race),
                    "| errors",
                    each(race.exceptions().stream().map(StaggeredTwins::typeOrNone)));
        });
    }

    private static String runner(Trace out, String name, int turns, boolean fails) {
        out.print(name, "starts");
        for (int n = 0; n < turns; n++) {
            sleep(ZERO);
        }
        out.print(name, "ends");
        if (fails) {
            throw new Boom(name);
        }
        return name;
    }
}
