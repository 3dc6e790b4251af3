package dev.asyncio4j.tests.behaviour.root;

import static dev.asyncio4j.Asyncio.createTask;
import static dev.asyncio4j.Asyncio.getRunningLoop;
import static dev.asyncio4j.ReturnWhen.FIRST_COMPLETED;
import static dev.asyncio4j.ReturnWhen.FIRST_EXCEPTION;
import static dev.asyncio4j.tests.behaviour.root.Scene.after;
import static dev.asyncio4j.tests.behaviour.root.Scene.begun;
import static dev.asyncio4j.tests.behaviour.root.Scene.failAfter;
import static dev.asyncio4j.tests.behaviour.root.Scene.play;
import static dev.asyncio4j.tests.behaviour.root.Scene.turns;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.EventLoop;
import dev.asyncio4j.Future;
import dev.asyncio4j.Task;
import dev.asyncio4j.WaitOptions;
import dev.asyncio4j.WaitResult;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WaitTest {

    private static final int MOST_COLLECTIONS = 20;

    @Test
    void wait_all_returnsThemInTheOrderGivenWhateverTheirEnd() {
        // WA-2, WA-4
        play(() -> {
            Task<String> slow = createTask(() -> after(3, "slow"));
            Task<String> failing = createTask(() -> failAfter(1, "oops"));
            Task<String> cancelled = createTask(() -> after(9, "never"));
            cancelled.cancel();
            WaitResult<Task<String>> result = Asyncio.wait(List.of(slow, failing, cancelled));
            assertThat(result.done()).containsExactly(slow, failing, cancelled);
            assertThat(result.pending()).isEmpty();
            assertThat(failing.exception()).hasMessage("oops");
        });
    }

    @Test
    void wait_repeatedMember_countsOnce() {
        // WA-1
        play(() -> {
            Task<String> task = createTask(() -> after(1, "x"));
            assertThat(Asyncio.wait(List.of(task, task)).done()).containsExactly(task);
        });
    }

    @Test
    void wait_noMember_isRefused() {
        // WA-1
        play(() -> assertThatThrownBy(() -> Asyncio.wait(List.<Task<String>>of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least one"));
    }

    @Test
    void wait_memberOfAnotherLoop_isRefused() {
        // WA-1
        EventLoop other = Asyncio.newEventLoop();
        Future<String> foreign = other.createFuture();
        play(() -> assertThatThrownBy(() -> Asyncio.wait(List.of(foreign)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("another event loop"));
        other.close();
    }

    @Test
    void wait_outsideATask_isRefused() {
        assertThatThrownBy(() -> Asyncio.wait(List.<Future<String>>of())).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void waitForFirst_oneEnds_leavesTheOthersAlone() {
        // WA-2
        play(() -> {
            Task<String> quick = createTask(() -> after(1, "quick"));
            Task<String> slow = createTask(() -> after(5, "slow"));
            var result = Asyncio.wait(List.of(slow, quick), FIRST_COMPLETED);
            assertThat(result.done()).containsExactly(quick);
            assertThat(result.pending()).containsExactly(slow);
            assertThat(slow.cancelling()).isZero();
            assertThat(slow.await()).isEqualTo("slow");
        });
    }

    @Test
    void waitForFirst_anotherEndsBeforeTheWaiterRuns_isDoneToo() {
        // WA-4
        play(() -> {
            Future<String> first = getRunningLoop().createFuture();
            Future<String> second = getRunningLoop().createFuture();
            getRunningLoop().callSoon(() -> first.setResult("first"));
            first.addDoneCallback(_ -> second.setResult("second"));
            var result = Asyncio.wait(List.of(first, second), FIRST_COMPLETED);
            assertThat(result.done()).containsExactly(first, second);
        });
    }

    @Test
    void waitForFirst_allDoneAlready_returnsAll() {
        play(() -> {
            Task<String> a = createTask(() -> "a");
            Task<String> b = createTask(() -> "b");
            turns(2);
            assertThat(Asyncio.wait(List.of(a, b), FIRST_COMPLETED).done()).containsExactly(a, b);
        });
    }

    @Test
    void waitForException_cancelledMember_doesNotTrigger() {
        // WA-3
        play(() -> {
            Task<String> cancelled = createTask(() -> after(9, "never"));
            Task<String> failing = createTask(() -> failAfter(4, "oops"));
            Task<String> slow = createTask(() -> after(20, "slow"));
            cancelled.cancel();
            var result = Asyncio.wait(List.of(cancelled, failing, slow), FIRST_EXCEPTION);
            assertThat(result.done()).containsExactly(cancelled, failing);
            assertThat(result.pending()).containsExactly(slow);
        });
    }

    @Test
    void waitForException_none_waitsForAll() {
        // WA-3
        play(() -> {
            Task<String> a = createTask(() -> after(1, "a"));
            Task<String> b = createTask(() -> after(4, "b"));
            assertThat(Asyncio.wait(List.of(a, b), FIRST_EXCEPTION).done()).containsExactly(a, b);
        });
    }

    @Test
    void wait_timeOver_returnsAndCancelsNobody() {
        // WA-2
        play(() -> {
            Future<String> never = getRunningLoop().createFuture();
            Future<String> soon = getRunningLoop().createFuture();
            getRunningLoop().callLater(Duration.ofSeconds(1), () -> soon.setResult("soon"));
            var begin = getRunningLoop().time();
            var result = Asyncio.wait(List.of(never, soon), WaitOptions.within(Duration.ofSeconds(5)));
            assertThat(result.done()).containsExactly(soon);
            assertThat(result.pending()).containsExactly(never);
            assertThat(getRunningLoop().time().minus(begin)).isEqualTo(Duration.ofSeconds(5));
            assertThat(never.done()).isFalse();
        });
    }

    @Test
    void wait_noTime_takesWhatIsDone() {
        play(() -> {
            Task<String> done = createTask(() -> "done");
            turns(1);
            Future<String> never = getRunningLoop().createFuture();
            var result = Asyncio.wait(List.of(done, never), WaitOptions.within(Duration.ZERO));
            assertThat(result.pending()).containsExactly(never);
        });
    }

    @Test
    void wait_cancelled_cancelsNobody() {
        // WA-2
        play(() -> {
            Task<String> member = createTask(() -> after(5, "unharmed"));
            Task<WaitResult<Task<String>>> waiter = begun(() -> Asyncio.wait(List.of(member)));
            waiter.cancel("enough");
            turns(2);
            assertThat(waiter.cancelled()).isTrue();
            assertThat(member.cancelling()).isZero();
            assertThat(member.await()).isEqualTo("unharmed");
        });
    }

    @Test
    void wait_overNewTasks_takesThreeIterations() {
        // TASK-3
        play(() -> {
            var iterations = new AtomicInteger();
            Task<?> counter = createTask(() -> {
                while (true) {
                    turns(1);
                    iterations.incrementAndGet();
                }
            });
            turns(1);
            int before = iterations.get();
            Asyncio.wait(List.of(createTask(() -> 1), createTask(() -> 2)));
            assertThat(iterations.get() - before).isEqualTo(3);
            counter.cancel();
        });
    }

    @Test
    void wait_manyTimesOnOneFuture_leavesNothingThere() {
        play(() -> {
            Future<String> never = getRunningLoop().createFuture();
            var woken = new ArrayList<String>();
            for (int i = 0; i < 100; i++) {
                Task<String> other = createTask(() -> "x");
                Asyncio.wait(List.of(never, other), FIRST_COMPLETED);
            }
            never.addDoneCallback(_ -> woken.add("only"));
            never.setResult("late");
            turns(2);
            assertThat(woken).containsExactly("only");
        });
    }

    @Test
    void wait_over_isForgottenByTheMembersThatGoOn() {
        // WA-2
        play(() -> {
            Future<String> never = getRunningLoop().createFuture();
            var other = new WeakReference<>(waitFor(never));
            for (int i = 0; i < MOST_COLLECTIONS && other.get() != null; i++) {
                System.gc();
                turns(1);
            }
            assertThat(other.get()).isNull();
            assertThat(never.done()).isFalse();
        });
    }

    /** Waits for a future that goes on and one that is done; returns the latter, which only the wait may still hold. */
    private static Future<String> waitFor(Future<String> never) {
        Future<String> done = getRunningLoop().createFuture();
        done.setResult("x");
        Asyncio.wait(List.of(never, done), FIRST_COMPLETED);
        return done;
    }
}
