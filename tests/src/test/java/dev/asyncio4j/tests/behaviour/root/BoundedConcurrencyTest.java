package dev.asyncio4j.tests.behaviour.root;

import static dev.asyncio4j.Asyncio.forEachConcurrent;
import static dev.asyncio4j.Asyncio.getRunningLoop;
import static dev.asyncio4j.Asyncio.mapConcurrent;
import static dev.asyncio4j.tests.behaviour.root.Scene.after;
import static dev.asyncio4j.tests.behaviour.root.Scene.begun;
import static dev.asyncio4j.tests.behaviour.root.Scene.failAfter;
import static dev.asyncio4j.tests.behaviour.root.Scene.play;
import static dev.asyncio4j.tests.behaviour.root.Scene.turns;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.CancelledError;
import dev.asyncio4j.ExceptionGroup;
import dev.asyncio4j.Task;
import dev.asyncio4j.TaskFactory;
import dev.asyncio4j.tests.behaviour.root.Scene.Boom;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BoundedConcurrencyTest {

    private final Scene scene = new Scene();
    private int running;
    private int mostRunning;
    private int pulled;
    private int ended;
    private int mostAhead;

    /** Inputs that say how far ahead of the work they were taken; counted when asked for, not when handed out. */
    private Iterable<Integer> counted(int count) {
        return () -> new Iterator<>() {
            private boolean asked;
            private int next;

            @Override
            public boolean hasNext() {
                if (!asked && next < count) {
                    asked = true;
                    pulled++;
                    mostAhead = Math.max(mostAhead, pulled - ended);
                }
                return next < count;
            }

            @Override
            public Integer next() {
                asked = false;
                return next++;
            }
        };
    }

    private int work(int input) {
        running++;
        mostRunning = Math.max(mostRunning, running);
        turns(5 - input % 5);
        running--;
        ended++;
        return input * 10;
    }

    @Test
    void map_moreInputsThanPlaces_givesResultsInTheOrderOfTheInputs() {
        play(() -> {
            List<Integer> results = mapConcurrent(3, counted(20), this::work);
            assertThat(results)
                    .containsExactlyElementsOf(
                            IntStream.range(0, 20).mapToObj(i -> i * 10).toList());
        });
        assertThat(mostRunning).isEqualTo(3);
        assertThat(mostAhead).as("taken but not done").isEqualTo(3);
    }

    @Test
    void map_limitOfOne_isOneByOne() {
        play(() -> mapConcurrent(1, counted(5), this::work));
        assertThat(mostRunning).isEqualTo(1);
        assertThat(mostAhead).isEqualTo(1);
    }

    @Test
    void map_noInput_isEmpty() {
        play(() -> assertThat(mapConcurrent(3, counted(0), this::work)).isEmpty());
    }

    @Test
    void map_stream_isTakenLazily() {
        play(() -> {
            Stream<Integer> four = Stream.iterate(1, i -> i + 1).limit(4);
            assertThat(mapConcurrent(2, four, i -> i + 1)).containsExactly(2, 3, 4, 5);
        });
    }

    @Test
    void map_nullResults_areKept() {
        play(() -> assertThat(Asyncio.<Integer, String>mapConcurrent(2, List.of(1, 2), i -> i == 1 ? null : "two"))
                .containsExactly(null, "two"));
    }

    @Test
    void map_limitBelowOne_isRefused() {
        play(() -> assertThatThrownBy(() -> mapConcurrent(0, List.of(1), i -> i))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0"));
    }

    @Test
    void map_oneFails_cancelsTheOthersAndTakesNoMore() {
        // TG-2, TG-6
        play(() -> {
            var group = catchThrowableOfType(
                    ExceptionGroup.class,
                    () -> mapConcurrent(2, counted(10), input -> {
                        if (input == 1) {
                            return failAfter(2, "oops");
                        }
                        scene.untilCancelled("other", 1);
                        return input;
                    }));
            assertThat(group.exceptions()).singleElement().isInstanceOf(Boom.class);
            assertThat(Asyncio.allTasks()).hasSize(1);
        });
        assertThat(scene.trail()).containsExactly("other starts", "other cancelled", "other ends");
        assertThat(pulled).isEqualTo(2);
    }

    @Test
    void map_iteratorFails_cancelsWhatRuns() {
        // TG-4, TG-6
        play(() -> {
            Stream<Integer> breaking = Stream.of(1, 2).map(i -> {
                if (i == 2) {
                    turns(2);
                    throw new IllegalStateException("torn");
                }
                return i;
            });
            assertThatThrownBy(() -> mapConcurrent(4, breaking, input -> {
                        scene.untilCancelled("job", 0);
                        return input;
                    }))
                    .isInstanceOf(ExceptionGroup.class)
                    .hasRootCauseMessage("torn");
        });
        assertThat(scene.trail()).containsExactly("job starts", "job cancelled", "job ends");
    }

    @Test
    void map_callerCancelled_cancelsWhatRunsAndWaitsForIt() {
        play(() -> {
            Task<List<Integer>> mapping = begun(() -> mapConcurrent(2, counted(5), input -> {
                scene.untilCancelled("job", 3);
                return input;
            }));
            turns(2);
            mapping.cancel();
            turns(2);
            assertThat(mapping.done()).as("while jobs clean up").isFalse();
            turns(5);
            assertThat(mapping.cancelled()).isTrue();
        });
        assertThat(scene.trail()).endsWith("job ends", "job ends");
    }

    @Test
    void map_oneCancelsItself_throwsThatWhenTheOthersHaveEnded() {
        // GA-4: a result is missing, so there is no list.
        play(() -> assertThatThrownBy(() -> mapConcurrent(2, counted(4), input -> {
                    if (input == 0) {
                        throw new CancelledError("gave up");
                    }
                    return work(input);
                }))
                .isInstanceOf(CancelledError.class)
                .hasMessage("gave up"));
        assertThat(ended).isEqualTo(3);
    }

    @Test
    void map_memberCancelledBeforeItBegins_givesItsPlaceBack() {
        // CAN-5
        play(() -> {
            var first = new AtomicInteger();
            Iterable<Integer> inputs = () -> new Iterator<>() {
                @Override
                public boolean hasNext() {
                    if (first.get() == 1) {
                        newest().cancel();
                    }
                    return first.get() < 4;
                }

                @Override
                public Integer next() {
                    return first.getAndIncrement();
                }
            };
            var done = new ArrayList<Integer>();
            forEachConcurrent(2, inputs, done::add);
            assertThat(done).containsExactly(1, 2, 3);
        });
    }

    private static Task<?> newest() {
        return List.copyOf(Asyncio.allTasks()).getLast();
    }

    @Test
    void forEach_suspendingInputs_areTakenOneAheadOfNobody() {
        play(() -> {
            Stream<Integer> inputs = Stream.of(1, 2, 3).map(i -> after(3, i));
            forEachConcurrent(2, inputs, input -> {
                turns(1);
                scene.say("did " + input);
            });
        });
        assertThat(scene.trail()).containsExactly("did 1", "did 2", "did 3");
    }

    @Test
    void forEach_oneFails_throwsAGroup() {
        play(() -> assertThatThrownBy(() -> forEachConcurrent(2, List.of(1, 2, 3), _ -> failAfter(1, "oops")))
                .isInstanceOf(ExceptionGroup.class));
    }

    @Test
    void forEach_outsideALoop_isRefused() {
        assertThatThrownBy(() -> forEachConcurrent(2, List.of(1), _ -> getRunningLoop()))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void map_tasksStartEagerly_keepsTheLimit() {
        // EAG-1
        play(() -> {
            getRunningLoop().setTaskFactory(TaskFactory.EAGER);
            assertThat(mapConcurrent(3, counted(9), this::work)).hasSize(9);
            assertThat(mapConcurrent(2, counted(5), i -> i)).containsExactly(0, 1, 2, 3, 4);
        });
        assertThat(mostRunning).isEqualTo(3);
    }
}
