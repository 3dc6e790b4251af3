package dev.asyncio4j.tests.behaviour.root;

import static dev.asyncio4j.tests.behaviour.root.Scene.begun;
import static dev.asyncio4j.tests.behaviour.root.Scene.play;
import static dev.asyncio4j.tests.behaviour.root.Scene.turns;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.CancelScope;
import dev.asyncio4j.CancelledError;
import dev.asyncio4j.ExitStack;
import dev.asyncio4j.Task;
import dev.asyncio4j.TimeoutException;
import dev.asyncio4j.tests.behaviour.root.Scene.Boom;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ExitStackTest {

    private final Scene scene = new Scene();

    private AutoCloseable resource(String name) {
        return () -> scene.say("close " + name);
    }

    @Test
    void close_severalThings_reversesTheirOrder() throws Exception {
        try (var stack = new ExitStack()) {
            stack.enter(resource("a"));
            stack.callback(() -> scene.say("callback"));
            stack.push(thrown -> {
                scene.say("exit " + thrown);
                return false;
            });
        }
        assertThat(scene.trail()).containsExactly("exit null", "callback", "close a");
    }

    @Test
    void enter_resource_isReturned() {
        var stack = new ExitStack();
        AutoCloseable resource = resource("a");
        assertThat(stack.enter(resource)).isSameAs(resource);
        stack.close();
    }

    @Test
    void close_callbacksThatSuspend_areWaitedFor() {
        play(() -> {
            try (var stack = new ExitStack()) {
                stack.callback(() -> scene.say("second"));
                stack.callback(() -> {
                    turns(3);
                    scene.say("first");
                });
            }
            scene.say("after");
        });
        assertThat(scene.trail()).containsExactly("first", "second", "after");
    }

    @Test
    void close_oneFails_theOthersStillRun() {
        var stack = new ExitStack();
        stack.enter(resource("a"));
        stack.callback(() -> {
            throw new Boom("b");
        });
        stack.enter(resource("c"));
        assertThatThrownBy(stack::close).isInstanceOf(Boom.class).hasMessage("b");
        assertThat(scene.trail()).containsExactly("close c", "close a");
    }

    @Test
    void close_twice_runsEachOnce() {
        var stack = new ExitStack();
        stack.enter(resource("a"));
        stack.close();
        stack.close();
        assertThat(scene.trail()).containsExactly("close a");
    }

    @Test
    void run_severalFail_theLastOneCountsAndTheOthersAreItsCauses() {
        Throwable thrown = catchThrowable(() -> ExitStack.run(stack -> {
            stack.callback(() -> {
                throw new IOException("outer exit");
            });
            stack.callback(() -> {
                throw new IllegalStateException("inner exit", new Boom("its reason"));
            });
            throw new Boom("body");
        }));
        assertThat(thrown).isInstanceOf(IOException.class).hasMessage("outer exit");
        assertThat(thrown.getCause()).hasMessage("inner exit");
        assertThat(thrown.getCause().getCause()).hasMessage("its reason");
        assertThat(thrown).hasRootCauseMessage("body");
    }

    @Test
    void run_causeCannotBeSet_theDisplacedOneIsSuppressed() {
        Throwable thrown = catchThrowable(() -> ExitStack.run(stack -> {
            stack.callback(() -> {
                throw new IllegalStateException("no cause, ever", null);
            });
            throw new Boom("body");
        }));
        assertThat(thrown).hasMessage("no cause, ever");
        assertThat(thrown.getSuppressed()).singleElement().isInstanceOf(Boom.class);
    }

    @Test
    void run_exitThrowsTheSameAgain_isNotItsOwnCause() {
        Throwable thrown = catchThrowable(() -> ExitStack.run(stack -> {
            stack.push(e -> {
                throw new IllegalStateException("wrapped", e);
            });
            stack.push(e -> {
                throw e;
            });
            throw new Boom("body");
        }));
        assertThat(thrown).hasMessage("wrapped");
        assertThat(thrown.getCause()).isInstanceOf(Boom.class);
        assertThat(thrown.getCause().getCause()).isNull();
    }

    @Test
    void run_exitThrowsTheReasonOfWhatItWasGiven_makesNoRing() {
        Throwable thrown = catchThrowable(() -> ExitStack.run(stack -> {
            stack.push(e -> {
                throw e.getCause();
            });
            throw new IllegalStateException("body", new Boom("reason"));
        }));
        assertThat(thrown).hasMessage("reason");
        assertThat(thrown.getCause()).isNull();
    }

    @Test
    void run_exitSuppresses_endsWithoutExceptionAndOuterExitsSeeNone() throws Exception {
        ExitStack.run(stack -> {
            stack.push(thrown -> {
                scene.say("outer sees " + thrown);
                return false;
            });
            stack.push(thrown -> {
                scene.say("inner sees " + thrown.getMessage());
                return true;
            });
            throw new Boom("body");
        });
        assertThat(scene.trail()).containsExactly("inner sees body", "outer sees null");
    }

    @Test
    void call_value_isReturned() {
        String value = ExitStack.call(stack -> {
            stack.enter(resource("a"));
            return "value";
        });
        assertThat(value).isEqualTo("value");
        assertThat(scene.trail()).containsExactly("close a");
    }

    @Test
    void popAll_inTheBlock_leavesNothingToClose() {
        ExitStack kept = ExitStack.call(stack -> {
            stack.enter(resource("a"));
            stack.enter(resource("b"));
            return stack.popAll();
        });
        assertThat(scene.trail()).isEmpty();
        kept.close();
        assertThat(scene.trail()).containsExactly("close b", "close a");
    }

    @Test
    void tryWithResources_bodyAndCloseFail_theBodysFailureCounts() {
        assertThatThrownBy(() -> {
                    try (var stack = new ExitStack()) {
                        stack.callback(() -> {
                            throw new IOException("close");
                        });
                        throw new Boom("body");
                    }
                })
                .isInstanceOf(Boom.class)
                .satisfies(e -> assertThat(e.getSuppressed()).singleElement().isInstanceOf(IOException.class));
    }

    @Test
    void close_cancelledMeanwhile_runsTheOthersAndTheNextWaitThrows() {
        play(() -> {
            Task<?> task = begun(() -> {
                var stack = new ExitStack();
                stack.enter(resource("last"));
                stack.callback(() -> scene.untilCancelled("first", 1));
                assertThatCode(stack::close).doesNotThrowAnyException();
                scene.say("closed");
                turns(1);
                return null;
            });
            task.cancel("enough");
            turns(5);
            assertThat(task.cancelled()).isTrue();
            assertThat(task.cancelling()).isEqualTo(1);
        });
        assertThat(scene.trail())
                .containsExactly("first starts", "first cancelled enough", "first ends", "close last", "closed");
    }

    @Test
    void close_somethingElseWasCancelled_throwsThat() {
        play(() -> {
            var stack = new ExitStack();
            var other = Asyncio.getRunningLoop().createFuture();
            other.cancel();
            stack.callback(other::await);
            assertThatThrownBy(stack::close).isInstanceOf(CancelledError.class);
        });
    }

    @Test
    void run_cancelledMeanwhile_throwsIt() {
        play(() -> {
            Task<?> task = begun(() -> {
                ExitStack.run(stack -> {
                    stack.enter(resource("last"));
                    stack.callback(() -> scene.untilCancelled("first", 0));
                });
                scene.say("not reached");
                return null;
            });
            task.cancel();
            turns(2);
            assertThat(task.cancelled()).isTrue();
        });
        assertThat(scene.trail()).endsWith("close last");
    }

    @Test
    void close_cancelledAtTheEndOfATimeLimit_theLimitSeesIt() {
        // TO-4
        play(() -> assertThatThrownBy(() -> Asyncio.timeout(Duration.ofSeconds(1), () -> {
                    try (var stack = new ExitStack()) {
                        stack.callback(() -> scene.untilCancelled("closing", 0));
                    }
                }))
                .isInstanceOf(TimeoutException.class));
    }

    @Test
    void close_scopeAroundItCancelled_runsEverythingAndTheScopeEnds() {
        play(() -> {
            CancelScope scope = CancelScope.moveOnAfter(Duration.ofSeconds(1), _ -> {
                try (var stack = new ExitStack()) {
                    stack.enter(resource("last"));
                    stack.callback(() -> scene.untilCancelled("closing", 0));
                }
                turns(1);
                scene.say("not reached");
            });
            assertThat(scope.cancelledCaught()).isTrue();
        });
        assertThat(scene.trail()).endsWith("closing ends", "close last");
    }
}
