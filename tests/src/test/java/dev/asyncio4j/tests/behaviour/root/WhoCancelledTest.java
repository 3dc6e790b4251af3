package dev.asyncio4j.tests.behaviour.root;

import static dev.asyncio4j.Asyncio.createTask;
import static dev.asyncio4j.Asyncio.currentTask;
import static dev.asyncio4j.Asyncio.getRunningLoop;
import static dev.asyncio4j.Asyncio.sleep;
import static dev.asyncio4j.Asyncio.timeout;
import static dev.asyncio4j.tests.behaviour.root.Scene.play;
import static dev.asyncio4j.tests.behaviour.root.Scene.turns;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.CancelScope;
import dev.asyncio4j.CancelledError;
import dev.asyncio4j.ExceptionGroup;
import dev.asyncio4j.Task;
import dev.asyncio4j.TaskGroup;
import dev.asyncio4j.TaskOptions;
import dev.asyncio4j.TimeoutException;
import dev.asyncio4j.tests.behaviour.root.Scene.Boom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A cancellation says who asked for it, and where. */
class WhoCancelledTest {

    private static final String HERE = WhoCancelledTest.class.getName();

    private final List<String> askers = new ArrayList<>();

    /** Waits for ever; what ends it is noted. */
    private void waitForEver() {
        noting(() -> getRunningLoop().createFuture().await());
    }

    private void noting(Runnable body) {
        try {
            body.run();
        } catch (CancelledError e) {
            askers.add(e.requester().orElse("nobody"));
            assertThat(e.toString()).endsWith("[cancelled by " + askers.getLast() + "]");
            assertThat(e.getStackTrace())
                    .as("the frames of the one who waited")
                    .anyMatch(frame -> frame.getClassName().equals(HERE));
            throw e;
        }
    }

    private static Task<Void> named(String name, Runnable body) {
        Task<Void> task = createTask(
                () -> {
                    body.run();
                    return null;
                },
                TaskOptions.named(name));
        turns(1);
        return task;
    }

    private void assertAsker(String who, String where) {
        assertThat(askers).singleElement().asString().startsWith(who + " at ").contains(HERE + "." + where);
    }

    @Test
    void cancel_byANamedTask_namesItAndItsLine() {
        play(() -> {
            var victim = named("victim", this::waitForEver);
            named("boss", victim::cancel);
            turns(3);
        });
        assertThat(askers).singleElement().asString().startsWith("task boss at ");
    }

    @Test
    void cancel_byATaskWithoutAName_tellsItsNumberAndTheCallersLine() {
        var number = new ArrayList<String>();
        play(() -> {
            number.add(currentTask().orElseThrow().name());
            named("victim", this::waitForEver).cancel();
            turns(2);
        });
        assertThat(number.getFirst()).startsWith("Task-");
        assertAsker("task " + number.getFirst(), "lambda$cancel_byATaskWithoutAName");
    }

    @Test
    void cancel_ofATaskThatSleeps_namesTheAskerAsInAnyWait() {
        play(() -> {
            cancelFromHere(named("sleeper", () -> noting(() -> sleep(ofSeconds(1)))));
            turns(2);
        });
        assertThat(askers).singleElement().asString().contains(HERE + ".cancelFromHere(");
    }

    @Test
    void cancel_byACallback_saysThatNoTaskDid() {
        play(() -> {
            var victim = named("victim", this::waitForEver);
            getRunningLoop().callSoon(() -> cancelFromHere(victim));
            turns(3);
        });
        assertAsker("a callback, or code outside the loop", "cancelFromHere");
    }

    private static void cancelFromHere(Task<?> victim) {
        victim.cancel("because");
    }

    @Test
    void cancel_thatGoesDownAChain_keepsItsFirstAsker() {
        play(() -> {
            var end = named("end", this::waitForEver);
            var middle = named("middle", () -> end.await());
            cancelFromHere(named("top", () -> middle.await()));
            turns(5);
        });
        assertThat(askers).singleElement().asString().contains(HERE + ".cancelFromHere(");
    }

    @Test
    void cancel_byATimeLimit_saysSo() {
        play(() -> {
            try {
                timeout(ofSeconds(1), () -> waitForEver());
            } catch (TimeoutException e) {
                assertThat(e).hasCauseInstanceOf(CancelledError.class);
            }
        });
        assertThat(askers).containsExactly("a timeout");
    }

    @Test
    void cancel_byAScope_saysSo() {
        play(() -> {
            CancelScope.run(scope -> {
                scope.cancel();
                waitForEver();
            });
        });
        assertThat(askers).containsExactly("a cancel scope");
    }

    @Test
    void cancel_ofAChildWhoseSiblingFailed_namesTheGroup() {
        play(() -> {
            try {
                TaskGroup.run(group -> {
                    group.createTask(this::waitForEver);
                    group.createTask(() -> {
                        throw new Boom("first");
                    });
                });
            } catch (ExceptionGroup e) {
                assertThat(e.exceptions()).hasSize(1);
            }
        });
        assertThat(askers).containsExactly("its task group, in which another task failed");
    }

    @Test
    void cancel_ofAChildWhoseGroupsBodyFailed_namesTheGroup() {
        play(() -> {
            try {
                TaskGroup.run(group -> {
                    group.createTask(this::waitForEver);
                    turns(1);
                    throw new Boom("in the body");
                });
            } catch (ExceptionGroup e) {
                assertThat(e.exceptions()).hasSize(1);
            }
        });
        assertThat(askers).containsExactly("its task group, whose body failed");
    }

    @Test
    void cancel_ofATaskThatWaitsForItsGroup_namesTheFirstAskerToChildrenAndCaller() {
        play(() -> {
            var parent =
                    named("parent", () -> noting(() -> TaskGroup.run(group -> group.createTask(this::waitForEver))));
            turns(1);
            cancelFromHere(parent);
            turns(5);
        });
        assertThat(askers).hasSize(2).allMatch(asker -> asker.contains(HERE + ".cancelFromHere("));
    }

    @Test
    void cancel_insideTheBodyOfAGroup_namesTheFirstAskerToChildrenAndCaller() {
        play(() -> {
            var parent = named(
                    "parent",
                    () -> TaskGroup.run(group -> {
                        group.createTask(this::waitForEver);
                        waitForEver();
                    }));
            turns(1);
            cancelFromHere(parent);
            turns(5);
        });
        assertThat(askers).hasSize(2).allMatch(asker -> asker.contains(HERE + ".cancelFromHere("));
    }

    @Test
    void cancel_thatIsThrownAgainBehindFailures_keepsItsAsker() {
        // TG-7
        play(() -> {
            var parent = named("parent", () -> {
                try {
                    TaskGroup.run(group -> group.createTask(() -> {
                        try {
                            getRunningLoop().createFuture().await();
                        } catch (CancelledError e) {
                            throw new Boom("instead");
                        }
                    }));
                } catch (ExceptionGroup e) {
                    noting(() -> sleep(ofSeconds(1)));
                }
            });
            turns(1);
            cancelFromHere(parent);
            turns(5);
        });
        assertThat(askers).singleElement().asString().contains(HERE + ".cancelFromHere(");
    }

    @Test
    void cancel_ofAGroup_namesItsCallerToAll() {
        play(() -> TaskGroup.run(group -> {
            group.createTask(this::waitForEver);
            turns(1);
            cancelGroupFromHere(group);
            waitForEver();
        }));
        assertThat(askers).hasSize(2).allMatch(asker -> asker.contains(HERE + ".cancelGroupFromHere("));
    }

    private static void cancelGroupFromHere(TaskGroup group) {
        group.cancel();
    }

    @Test
    void cancel_ofWhatTheMainTaskHasLeft_namesTheEndOfTheProgram() {
        Asyncio.run(() -> named("left", this::waitForEver));
        assertThat(askers).containsExactly("the end of the program, which did not wait for it");
    }

    @Test
    void error_thatNobodyAskedFor_namesNobody() {
        assertThat(new CancelledError("own").requester()).isEmpty();
        assertThat(new CancelledError("own")).hasToString(CancelledError.class.getName() + ": own");
    }
}
