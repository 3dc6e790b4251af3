package dev.asyncio4j.tests.behaviour.root;

import static dev.asyncio4j.Asyncio.asCompleted;
import static dev.asyncio4j.Asyncio.createTask;
import static dev.asyncio4j.Asyncio.getRunningLoop;
import static dev.asyncio4j.tests.behaviour.root.Scene.after;
import static dev.asyncio4j.tests.behaviour.root.Scene.begun;
import static dev.asyncio4j.tests.behaviour.root.Scene.failAfter;
import static dev.asyncio4j.tests.behaviour.root.Scene.play;
import static dev.asyncio4j.tests.behaviour.root.Scene.turns;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.asyncio4j.AsCompleted;
import dev.asyncio4j.Asyncio;
import dev.asyncio4j.Awaitable;
import dev.asyncio4j.Future;
import dev.asyncio4j.Task;
import dev.asyncio4j.TimeoutException;
import dev.asyncio4j.tests.behaviour.root.Scene.Boom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class AsCompletedTest {

    @Test
    void iteration_tasks_givesTheOriginalsDoneAndInOrderOfCompletion() {
        // AC-1
        play(() -> {
            Task<String> slow = createTask(() -> after(5, "slow"));
            Task<String> quick = createTask(() -> after(1, "quick"));
            var given = new ArrayList<Task<String>>();
            for (Task<String> done : asCompleted(List.of(slow, quick, slow))) {
                assertThat(done.done()).isTrue();
                given.add(done);
            }
            assertThat(given).containsExactly(quick, slow);
        });
    }

    @Test
    void iteration_coroutines_startsThemAtTheCall() {
        // AC-1
        var scene = new Scene();
        play(() -> {
            AsCompleted<String, Task<String>> results = asCompleted(() -> after(2, "b"), () -> after(0, "a"));
            assertThat(Asyncio.allTasks()).hasSize(3);
            for (Task<String> done : results) {
                scene.say(done.result());
            }
        });
        assertThat(scene.trail()).containsExactly("a", "b");
    }

    @Test
    void iteration_membersOfDifferentTypes_compilesAndRuns() {
        play(() -> {
            Task<String> word = createTask(() -> after(2, "word"));
            Task<Integer> number = createTask(() -> after(1, 7));
            var results = new ArrayList<Object>();
            for (Task<?> done : asCompleted(List.<Task<?>>of(word, number))) {
                results.add(done.result());
            }
            assertThat(results).containsExactly(7, "word");
        });
    }

    @Test
    void iteration_doneMembers_doesNotSuspend() {
        // FUT-6
        play(() -> {
            Task<String> a = createTask(() -> "a");
            turns(2);
            var results = asCompleted(List.of(a)).iterator();
            turns(1);
            assertThat(Asyncio.atomically(results::next)).isSameAs(a);
        });
    }

    @Test
    void iteration_noMember_isEmpty() {
        play(() -> {
            assertThat(asCompleted(List.<Task<String>>of())).isEmpty();
            var empty =
                    asCompleted(List.<Task<String>>of(), Duration.ofSeconds(1)).iterator();
            assertThatThrownBy(empty::next).isInstanceOf(NoSuchElementException.class);
        });
    }

    @Test
    void iteration_leftAndTakenUpAgain_goesOnWhereItWas() {
        // AC-2
        play(() -> {
            var scene = new Scene();
            var results = asCompleted(() -> after(1, "a"), () -> after(2, "b"), () -> after(3, "c"));
            for (Task<String> done : results) {
                scene.say(done.result());
                break;
            }
            for (Task<String> done : results) {
                scene.say("then " + done.result());
            }
            assertThat(scene.trail()).containsExactly("a", "then b", "then c");
        });
    }

    @Test
    void iteration_timeOver_givesWhatWasDoneThenThrowsAndCancelsNobody() {
        // AC-2
        play(() -> {
            Task<String> quick = createTask(() -> "quick");
            Task<String> slow = createTask(() -> Asyncio.sleep(Duration.ofMinutes(1), "slow"));
            var results =
                    asCompleted(List.of(slow, quick), Duration.ofSeconds(5)).iterator();
            Asyncio.sleep(Duration.ofSeconds(9));
            assertThat(results.next()).isSameAs(quick);
            assertThat(results.hasNext()).isTrue();
            assertThatThrownBy(results::next)
                    .isInstanceOf(TimeoutException.class)
                    .hasMessageContaining("5 s");
            assertThat(results.hasNext()).isFalse();
            assertThat(slow.cancelling()).isZero();
            assertThat(slow.await()).isEqualTo("slow");
        });
    }

    @Test
    void iteration_timeOverWhileSeveralWait_tellsAll() {
        // AC-2
        play(() -> {
            Future<String> never = getRunningLoop().createFuture();
            Future<String> neither = getRunningLoop().createFuture();
            var results =
                    asCompleted(List.of(never, neither), Duration.ofSeconds(1)).iterator();
            Task<?> a = createTask(() -> results.next());
            Task<?> b = createTask(() -> results.next());
            Asyncio.wait(List.of(a, b));
            assertThat(a.exception()).isInstanceOf(TimeoutException.class);
            assertThat(b.exception()).isInstanceOf(TimeoutException.class);
        });
    }

    @Test
    void iteration_allEndInTime_theTimerIsGone() {
        play(() -> {
            var begin = getRunningLoop().time();
            var quick = createTask(() -> "quick");
            for (Task<String> done : asCompleted(List.of(quick), Duration.ofHours(1))) {
                assertThat(done.result()).isEqualTo("quick");
            }
            assertThat(getRunningLoop().time()).isEqualTo(begin);
        });
    }

    @Test
    void next_cancelled_usesNoTurnAndCancelsNobody() {
        // AC-2, CAN-12
        play(() -> {
            Task<String> member = createTask(() -> after(6, "unharmed"));
            var results = asCompleted(List.of(member)).iterator();
            Task<?> consumer = begun(() -> results.next());
            consumer.cancel();
            turns(2);
            assertThat(consumer.cancelled()).isTrue();
            assertThat(results.next().result()).isEqualTo("unharmed");
        });
    }

    @Test
    void next_cancelledWhenItHasJustBeenServed_passesTheTurnOn() {
        // CAN-4, CAN-12
        play(() -> {
            Future<String> member = getRunningLoop().createFuture();
            Future<String> never = getRunningLoop().createFuture();
            var results = asCompleted(List.of(member, never)).iterator();
            Task<?> first = begun(() -> results.next());
            Task<Future<String>> second = begun(() -> results.next());
            member.setResult("x");
            member.addDoneCallback(_ -> first.cancel());
            assertThat(second.await()).isSameAs(member);
            assertThat(first.cancelled()).isTrue();
        });
    }

    @Test
    void nextResults_failures_comeAtTheirTurn() {
        // AC-1
        var scene = new Scene();
        play(() -> {
            var results = asCompleted(() -> after(9, "slow"), () -> failAfter(5, "oops"), () -> after(1, "fast"));
            for (Awaitable<String> next : results.nextResults()) {
                try {
                    scene.say(next.await(Boom.class));
                } catch (Boom e) {
                    scene.say("failed " + e.getMessage());
                }
            }
        });
        assertThat(scene.trail()).containsExactly("fast", "failed oops", "slow");
    }

    @Test
    void nextResults_handedToTasks_eachGetsOne() {
        // AC-1
        play(() -> {
            var results = asCompleted(() -> after(3, "b"), () -> after(1, "a"));
            var takers = new ArrayList<Task<String>>();
            for (Awaitable<String> next : results.nextResults()) {
                takers.add(createTask(() -> next.await()));
            }
            assertThat(Asyncio.gather(takers)).containsExactly("a", "b");
        });
    }

    @Test
    void nextResult_awaitedTwice_isRefused() {
        // CO-1
        play(() -> {
            var next = asCompleted(() -> "a").nextResults().iterator().next();
            assertThat(next.await()).isEqualTo("a");
            assertThatThrownBy(next::await).isInstanceOf(IllegalStateException.class);
        });
    }
}
