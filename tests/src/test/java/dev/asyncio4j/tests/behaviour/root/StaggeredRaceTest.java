package dev.asyncio4j.tests.behaviour.root;

import static dev.asyncio4j.Asyncio.getRunningLoop;
import static dev.asyncio4j.Asyncio.sleep;
import static dev.asyncio4j.Asyncio.staggeredRace;
import static dev.asyncio4j.tests.behaviour.root.Scene.after;
import static dev.asyncio4j.tests.behaviour.root.Scene.begun;
import static dev.asyncio4j.tests.behaviour.root.Scene.failAfter;
import static dev.asyncio4j.tests.behaviour.root.Scene.play;
import static dev.asyncio4j.tests.behaviour.root.Scene.turns;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncio4j.CancelScope;
import dev.asyncio4j.CancelledError;
import dev.asyncio4j.Coroutine;
import dev.asyncio4j.RaceResult;
import dev.asyncio4j.Task;
import dev.asyncio4j.TaskFactory;
import dev.asyncio4j.tests.behaviour.root.Scene.Boom;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** CN-5. */
class StaggeredRaceTest {

    private static final Duration LONG = Duration.ofHours(1);

    private final Scene scene = new Scene();

    private static RaceResult<String> race(Duration delay, List<Coroutine<String, ?>> attempts) {
        return staggeredRace(attempts, delay);
    }

    private String forever(String name) {
        scene.untilCancelled(name, 2);
        return name;
    }

    @Test
    void race_firstFails_startsTheNextAtOnce() {
        play(() -> {
            var begin = getRunningLoop().time();
            RaceResult<String> result = race(LONG, List.of(() -> failAfter(1, "a"), () -> after(1, "b")));
            assertThat(result.won()).isTrue();
            assertThat(result.result()).isEqualTo("b");
            assertThat(result.index()).isEqualTo(1);
            assertThat(result.exceptions()).hasSize(2);
            assertThat(result.exceptions().getFirst()).isInstanceOf(Boom.class).hasMessage("a");
            assertThat(result.exceptions().getLast()).isNull();
            assertThat(getRunningLoop().time()).isEqualTo(begin);
        });
    }

    @Test
    void race_delayPasses_startsTheNextBesideTheFirst() {
        play(() -> {
            var begin = getRunningLoop().time();
            var result = race(Duration.ofMillis(250), List.of(() -> forever("slow"), () -> "quick", () -> "never"));
            assertThat(result.index()).isEqualTo(1);
            assertThat(result.exceptions()).hasSize(2);
            assertThat(result.exceptions().getFirst()).isInstanceOf(CancelledError.class);
            assertThat(getRunningLoop().time().minus(begin)).isEqualTo(Duration.ofMillis(250));
        });
        assertThat(scene.trail()).containsExactly("slow starts", "slow cancelled", "slow ends");
    }

    @Test
    void race_eachNext_waitsAFullDelayAfterTheOneBefore() {
        play(() -> {
            var begin = getRunningLoop().time();
            var result = race(
                    Duration.ofSeconds(1),
                    List.of(
                            () -> forever("a"),
                            () -> {
                                sleep(Duration.ofMillis(500));
                                throw new Boom("b");
                            },
                            () -> forever("c"),
                            () -> "d"));
            assertThat(result.index()).isEqualTo(3);
            assertThat(getRunningLoop().time().minus(begin)).isEqualTo(Duration.ofMillis(2500));
        });
    }

    @Test
    void race_anEarlierAttemptFails_startsNothing() {
        play(() -> {
            var begin = getRunningLoop().time();
            var result = race(
                    Duration.ofSeconds(2),
                    List.of(
                            () -> {
                                sleep(Duration.ofSeconds(3));
                                throw new Boom("a");
                            },
                            () -> forever("b"),
                            () -> "c"));
            assertThat(result.index()).isEqualTo(2);
            assertThat(getRunningLoop().time().minus(begin)).isEqualTo(Duration.ofSeconds(4));
        });
    }

    @Test
    void race_noDelay_isOneByOne() {
        play(() -> {
            RaceResult<String> result =
                    race(null, List.of(() -> failAfter(4, "a"), () -> after(2, "b"), () -> forever("never")));
            assertThat(result.index()).isEqualTo(1);
        });
        assertThat(scene.trail()).isEmpty();
    }

    @Test
    void race_zeroDelay_startsAllInOrder() {
        play(() -> {
            var result = race(Duration.ZERO, List.of(() -> forever("a"), () -> forever("b"), () -> after(3, "c")));
            assertThat(result.index()).isEqualTo(2);
        });
        assertThat(scene.trail()).startsWith("a starts", "b starts");
    }

    @Test
    void race_allFail_handsOutEveryError() {
        play(() -> {
            RaceResult<String> result = race(null, List.of(() -> failAfter(1, "a"), () -> failAfter(0, "b")));
            assertThat(result.won()).isFalse();
            assertThat(result.index()).isEqualTo(-1);
            assertThat(result.result()).isNull();
            assertThat(result.exceptions()).extracting(Throwable::getMessage).containsExactly("a", "b");
        });
    }

    @Test
    void race_noAttempt_endsAtOnce() {
        play(() -> assertThat(race(LONG, List.of())).isEqualTo(new RaceResult<String>(null, -1, List.of())));
    }

    @Test
    void race_attemptCancelsItself_countsAsAFailure() {
        play(() -> {
            var result = race(
                    LONG,
                    List.of(
                            () -> {
                                throw new CancelledError("by itself");
                            },
                            () -> "b"));
            assertThat(result.index()).isEqualTo(1);
            assertThat(result.exceptions().getFirst()).isInstanceOf(CancelledError.class);
        });
    }

    @Test
    void race_loserSwallowsTheCancelAndReturns_changesNothing() {
        play(() -> {
            var result = race(
                    Duration.ofSeconds(1),
                    List.of(
                            () -> {
                                try {
                                    return forever("stubborn");
                                } catch (CancelledError e) {
                                    return "too late";
                                }
                            },
                            () -> "winner"));
            assertThat(result.result()).isEqualTo("winner");
            assertThat(result.exceptions()).containsExactly(null, null);
        });
    }

    @Test
    void race_cancelled_cancelsAllAndWaitsForThem() {
        // CAN-2
        play(() -> {
            Task<RaceResult<String>> race =
                    begun(() -> race(Duration.ZERO, List.of(() -> forever("a"), () -> forever("b"))));
            turns(5);
            race.cancel("enough");
            turns(2);
            assertThat(race.done()).as("while attempts clean up").isFalse();
            turns(4);
            assertThat(race.cancelled()).isTrue();
        });
        assertThat(scene.trail())
                .containsExactly(
                        "a starts", "b starts", "a cancelled enough", "b cancelled enough", "a ends", "b ends");
    }

    @Test
    void race_wonBeforeTheNextHasBegun_doesNotCountThatOne() {
        // CAN-5
        play(() -> {
            var second = Duration.ofSeconds(1);
            var result = race(second, List.of(() -> sleep(second, "just in time"), () -> forever("b")));
            assertThat(result.index()).isZero();
            assertThat(result.exceptions()).hasSize(1);
        });
        assertThat(scene.trail()).isEmpty();
    }

    @Test
    void race_tasksStartEagerly_theFirstMayWinAtItsCreation() {
        // EAG-1, EAG-3
        play(() -> {
            getRunningLoop().setTaskFactory(TaskFactory.EAGER);
            var result = race(LONG, List.of(() -> "at once", () -> forever("b")));
            assertThat(result.index()).isZero();
        });
        assertThat(scene.trail()).isEmpty();
    }

    @Test
    void race_tasksStartEagerly_goesByTheSameRules() {
        // EAG-1
        play(() -> {
            getRunningLoop().setTaskFactory(TaskFactory.EAGER);
            var result = race(
                    Duration.ofSeconds(1),
                    List.of(() -> failAfter(0, "a"), () -> forever("b"), () -> after(2, "c"), () -> forever("d")));
            assertThat(result.index()).isEqualTo(2);
            assertThat(result.exceptions()).hasSize(3);
        });
        assertThat(scene.trail()).containsExactly("b starts", "b cancelled", "b ends");
    }

    @Test
    void race_scopeAroundItCancelled_stillWaitsForTheAttempts() {
        play(() -> {
            CancelScope scope = CancelScope.moveOnAfter(
                    Duration.ofSeconds(1), _ -> race(Duration.ZERO, List.of(() -> forever("a"), () -> forever("b"))));
            assertThat(scope.cancelledCaught()).isTrue();
            scene.say("after");
        });
        assertThat(scene.trail()).containsSubsequence("a ends", "b ends", "after");
    }
}
