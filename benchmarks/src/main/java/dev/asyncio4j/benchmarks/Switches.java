package dev.asyncio4j.benchmarks;

import static dev.asyncio4j.Asyncio.createTask;
import static dev.asyncio4j.Asyncio.gather;
import static dev.asyncio4j.Asyncio.getRunningLoop;
import static dev.asyncio4j.Asyncio.sleep;

import dev.asyncio4j.Future;
import dev.asyncio4j.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Tasks that start, wait, and go on. */
final class Switches {

    private static final int TURN_TAKERS = 1000;

    private Switches() {}

    static void sleepZero(int count) {
        for (var i = 0; i < count; i++) {
            sleep(Duration.ZERO);
        }
    }

    static void sleepZeroInTurns(int count) {
        var tasks = new ArrayList<Task<?>>();
        for (var i = 0; i < TURN_TAKERS; i++) {
            tasks.add(createTask(() -> sleepZero(count / TURN_TAKERS)));
        }
        gather(tasks);
    }

    static void createAwait(int count) {
        for (var i = 0; i < count; i++) {
            createTask(() -> {}).await();
        }
    }

    /** Two tasks wake each other in turn. */
    static void futureSwitch(int count) {
        var turns = new ArrayList<Future<Boolean>>();
        turns.add(getRunningLoop().createFuture());
        turns.add(getRunningLoop().createFuture());
        var first = createTask(() -> player(turns, 0, count / 2));
        var second = createTask(() -> player(turns, 1, count / 2));
        turns.getFirst().setResult(true);
        gather(first, second);
    }

    private static void player(List<Future<Boolean>> turns, int me, int count) {
        var loop = getRunningLoop();
        for (var i = 0; i < count; i++) {
            turns.get(me).await();
            turns.set(me, loop.createFuture());
            turns.get(1 - me).setResult(true);
        }
    }
}
