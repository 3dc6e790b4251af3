package dev.asyncio4j.tests.behaviour.root;

import static dev.asyncio4j.Asyncio.createTask;
import static dev.asyncio4j.Asyncio.getRunningLoop;
import static dev.asyncio4j.Asyncio.sleep;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncio4j.CancelScope;
import dev.asyncio4j.CancelledError;
import dev.asyncio4j.ExceptionGroup;
import dev.asyncio4j.Future;
import dev.asyncio4j.Task;
import dev.asyncio4j.TaskGroup;
import dev.asyncio4j.Timeout;
import dev.asyncio4j.TimeoutException;
import dev.asyncio4j.tests.behaviour.root.CancellationCell.Block;
import dev.asyncio4j.tests.behaviour.root.Scene.Boom;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Plays one cell: a task enters the nested blocks and works for two seconds inside the innermost; after one second the first
 * events fire, and half a second later the second one. Whoever is cancelled cleans up for a second.
 *
 * <p>A group has two children: one that fails when the group is to fire, and one that only ends when it is cancelled or the
 * body of the group has ended.
 */
final class CancellationScene {

    /**
     * How it went.
     *
     * @param body what became of the work: it {@code ends}, was {@code cancelled}, or cancelled and its cleanup as well
     * @param left what left each block, the innermost first
     * @param cancelling the requests to cancel that are left
     * @param nextWait what the next wait of the task does
     */
    record Outcome(String body, List<String> left, int cancelling, String nextWait) {

        /** The blocks were left before the second event came: the cell is that of the first event alone. */
        static final Outcome TOO_LATE = new Outcome("-", List.of(), 0, "-");

        String cells() {
            return this == TOO_LATE
                    ? CancellationPage.LEFT_BEFORE
                    : Stream.of(Stream.of(body), left.stream(), Stream.of(String.valueOf(cancelling), nextWait))
                            .flatMap(words -> words)
                            .collect(Collectors.joining(" | "));
        }
    }

    private static final String GOES_ON = "goes on";
    private static final Duration CLEANUP = ofSeconds(1);

    private final CancellationCell cell;
    private final Map<Integer, Runnable> fires = new HashMap<>();

    /** By block: what left it. */
    private final String[] left;

    private Task<?> victim;
    private String body = "ends";
    private String nextWait = GOES_ON;
    private boolean tooLate;

    private CancellationScene(CancellationCell cell) {
        this.cell = cell;
        this.left = new String[cell.nesting().size()];
    }

    static Outcome play(CancellationCell cell) {
        var scene = new CancellationScene(cell);
        Scene.play(scene::run);
        return scene.tooLate
                ? Outcome.TOO_LATE
                : new Outcome(
                        scene.body, Arrays.asList(scene.left).reversed(), scene.victim.cancelling(), scene.nextWait);
    }

    private void run() {
        victim = createTask(this::victim);
        fires.put(cell.cancelNumber(), () -> twoTurnsLater(cell.cancelNumber(), victim::cancel));
        var loop = getRunningLoop();
        loop.callLater(ofSeconds(1), () -> fire(cell.first()));
        loop.callLater(ofMillis(1_500), () -> fire(cell.then()));
        sleep(ofSeconds(5));
        assertThat(victim.done()).isTrue();
    }

    private void victim() throws Throwable {
        try {
            enter(0);
        } catch (Exception | CancelledError e) {
            // Recorded by the blocks.
        }
        try {
            sleep(ZERO);
        } catch (CancelledError e) {
            nextWait = "throws";
        }
    }

    // ---- the blocks

    private void enter(int level) throws Throwable {
        if (level == cell.nesting().size()) {
            work();
            return;
        }
        try {
            switch (cell.nesting().get(level)) {
                case SCOPE -> CancelScope.run(scope -> enterScope(level, scope));
                case SHIELD -> CancelScope.shielded(scope -> enterScope(level, scope));
                case TIMEOUT -> Timeout.run(null, timeout -> enterTimeout(level, timeout));
                case GROUP, CANCELLED_GROUP -> TaskGroup.run(group -> enterGroup(level, group));
            }
            left[level] = GOES_ON;
        } catch (Throwable e) {
            left[level] = nameOf(e);
            throw e;
        }
    }

    private void enterScope(int level, CancelScope scope) throws Throwable {
        fires.put(level, () -> twoTurnsLater(level, scope::cancel));
        enter(level + 1);
    }

    private void enterTimeout(int level, Timeout timeout) throws Throwable {
        var loop = getRunningLoop();
        fires.put(level, () -> oneTurnLater(level, () -> timeout.reschedule(loop.time()))); // expires one turn later
        enter(level + 1);
    }

    private void enterGroup(int level, TaskGroup group) throws Throwable {
        var child = new Child();
        var other = new Child();
        group.createTask(child::run);
        group.createTask(other::run);
        if (cell.nesting().get(level) == Block.GROUP) {
            fires.put(level, () -> now(level, child::failInTheNextTurn)); // which the group hears of one turn later
        } else {
            fires.put(level, () -> twoTurnsLater(level, group::cancel));
        }
        enter(level + 1);
        child.end();
        other.end();
    }

    /** Waits for an order to end or to fail; when cancelled, it takes orders for one more second. */
    private final class Child {

        private Future<Boolean> toldToFail = getRunningLoop().createFuture();

        void run() throws Boom {
            try {
                follow();
            } catch (CancelledError e) {
                toldToFail = getRunningLoop().createFuture();
                getRunningLoop().callLater(CLEANUP, this::end);
                follow();
                throw e;
            }
        }

        private void follow() throws Boom {
            if (toldToFail.await()) {
                throw new Boom("a child");
            }
        }

        void end() {
            if (!toldToFail.done()) {
                toldToFail.setResult(false);
            }
        }

        void failInTheNextTurn() {
            if (toldToFail.done()) {
                tooLate = true;
            } else {
                toldToFail.setResult(true);
            }
        }
    }

    private void work() {
        try {
            sleep(ofSeconds(2));
        } catch (CancelledError e) {
            body = "cancelled";
            cleanUp();
            throw e;
        }
    }

    private void cleanUp() {
        try {
            sleep(CLEANUP);
        } catch (CancelledError e) {
            body = "cancelled, cleanup too";
            throw e;
        }
    }

    // ---- the events: all take effect in the second turn after this one, in the order in which they are fired

    private void fire(List<Integer> events) {
        events.forEach(event -> fires.get(event).run());
    }

    private void twoTurnsLater(int event, Runnable effect) {
        getRunningLoop().callSoon(() -> oneTurnLater(event, effect));
    }

    private void oneTurnLater(int event, Runnable effect) {
        getRunningLoop().callSoon(() -> now(event, effect));
    }

    private void now(int event, Runnable effect) {
        boolean wasLeft = left[event == cell.cancelNumber() ? 0 : event] != null;
        if (wasLeft) {
            tooLate = true;
        } else {
            effect.run();
        }
    }

    private static String nameOf(Throwable e) {
        return switch (e) {
            case TimeoutException _ -> "TimeoutException";
            case CancelledError _ -> "CancelledError";
            case ExceptionGroup group ->
                "ExceptionGroup("
                        + group.exceptions().stream()
                                .map(CancellationScene::nameOf)
                                .collect(Collectors.joining(", "))
                        + ")";
            case Boom _ -> "failure";
            default -> e.toString();
        };
    }
}
