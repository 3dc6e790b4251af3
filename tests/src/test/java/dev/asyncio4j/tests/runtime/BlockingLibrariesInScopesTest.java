package dev.asyncio4j.tests.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.CancelScope;
import dev.asyncio4j.CancelledError;
import dev.asyncio4j.Coroutine;
import dev.asyncio4j.ExceptionGroup;
import dev.asyncio4j.Future;
import dev.asyncio4j.Task;
import dev.asyncio4j.TaskGroup;
import dev.asyncio4j.TimeoutException;
import dev.asyncio4j.tests.runtime.BlockingLibrariesTest.Blocking;
import dev.asyncio4j.tests.runtime.BlockingLibrariesTest.Library;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a cancel makes of a call that blocks in a library, by the place where its exception arrives: each library throws
 * another one, and everywhere it becomes the cancellation.
 */
@Tag("native")
@Timeout(120)
class BlockingLibrariesInScopesTest {

    private static final Duration SHORT = Duration.ofMillis(300);

    private static Task<?> self() {
        return Asyncio.currentTask().orElseThrow();
    }

    /** Nothing may be left of the interrupt: not the flag, not a request, not a call that ends too early. */
    private static void assertNothingIsLeft() throws InterruptedException {
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(self().cancelling()).isZero();
        Thread.sleep(1);
        Asyncio.sleep(Duration.ofMillis(1));
    }

    @ParameterizedTest
    @EnumSource
    void cancel_thatIsPendingWhenTheCallBegins_interruptsIt(Library library) throws Exception {
        try (var peer = library.open()) {
            Scene.run(() -> {
                Task<String> task = Asyncio.createTask(() -> {
                    self().cancel("before the call");
                    return peer.call().run();
                });
                var cancelled = catchThrowableOfType(CancelledError.class, task::await);
                assertThat(cancelled).hasMessage("before the call").hasCauseInstanceOf(Exception.class);
                assertThat(task.cancelled()).isTrue();
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void cancel_inAWaitForACall_isACancelAndNotATimeout(Library library) throws Exception {
        try (var peer = library.open()) {
            Scene.run(() -> {
                var task = Blocking.start(() -> Asyncio.waitFor(peer.call(), Duration.ofHours(1)));
                task.cancel("enough");
                var cancelled = catchThrowableOfType(CancelledError.class, task::await);
                assertThat(cancelled).hasMessage("enough").hasCauseInstanceOf(Exception.class);
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void waitFor_ofACallThatBlocks_isATimeoutExceptionAndLeavesNothing(Library library) throws Exception {
        try (var peer = library.open()) {
            Scene.run(() -> {
                var thrown = catchThrowable(() -> Asyncio.waitFor(peer.call(), SHORT));
                assertThat(thrown).isInstanceOf(TimeoutException.class).hasCauseInstanceOf(CancelledError.class);
                assertThat(thrown.getCause()).hasCauseInstanceOf(Exception.class);
                assertNothingIsLeft();
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void scope_overACallThatBlocks_endsItAndLeavesNothing(Library library) throws Exception {
        try (var peer = library.open()) {
            Scene.run(() -> {
                var trail = new ArrayList<String>();
                var scope = CancelScope.moveOnAfter(
                        SHORT, _ -> trail.add(peer.call().run()));
                assertThat(scope.cancelCalled()).isTrue();
                assertThat(trail).isEmpty();
                assertNothingIsLeft();
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void group_whoseChildFailsWhileItsBodyBlocks_throwsThatFailureOnly(Library library) throws Exception {
        try (var peer = library.open()) {
            Scene.run(() -> {
                Future<Boolean> blocks = Asyncio.getRunningLoop().createFuture();
                var group = catchThrowableOfType(
                        ExceptionGroup.class,
                        () -> TaskGroup.run(g -> {
                            g.createTask(() -> {
                                blocks.await();
                                throw new IOException("a child");
                            });
                            Asyncio.getRunningLoop().callSoon(() -> blocks.setResult(true));
                            peer.call().run();
                        }));
                assertThat(group.exceptions())
                        .singleElement()
                        .satisfies(e -> assertThat(e).hasMessage("a child"));
                assertNothingIsLeft();
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void group_whoseChildFailsWhileAnotherBlocks_throwsThatFailureOnly(Library library) throws Exception {
        try (var peer = library.open()) {
            Scene.run(() -> {
                var children = new ArrayList<Task<?>>();
                var group = catchThrowableOfType(
                        ExceptionGroup.class,
                        () -> TaskGroup.run(g -> {
                            var blocking = new Blocking<String>(peer.call(), g::createTask);
                            children.add(blocking.untilItBlocks());
                            throw new IOException("the body");
                        }));
                assertThat(group.exceptions())
                        .singleElement()
                        .satisfies(e -> assertThat(e).hasMessage("the body"));
                assertThat(children).allMatch(Task::cancelled);
                assertNothingIsLeft();
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void cancel_ofATaskWhoseGroupsBodyBlocks_isACancelWithoutAGroup(Library library) throws Exception {
        try (var peer = library.open()) {
            Scene.run(() -> {
                var task = Blocking.start(() -> TaskGroup.call(_ -> peer.call().run()));
                task.cancel("enough");
                var cancelled = catchThrowableOfType(CancelledError.class, task::await);
                assertThat(cancelled).hasMessage("enough").hasCauseInstanceOf(Exception.class);
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void uncancel_afterACallWasInterrupted_leavesNothing(Library library) throws Exception {
        try (var peer = library.open()) {
            Scene.run(() -> {
                var task = Blocking.start(() -> {
                    Scene.fail(() -> peer.call().run());
                    assertThat(self().uncancel()).isZero();
                    assertNothingIsLeft();
                    return "goes on";
                });
                task.cancel("enough");
                assertThat(task.await()).isEqualTo("goes on");
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void cancel_thatTheCallerSwallows_isThrownOnceByTheNextWait(Library library) throws Exception {
        try (var peer = library.open()) {
            Scene.run(() -> {
                var task = Blocking.start(() -> {
                    Scene.fail(() -> peer.call().run());
                    Thread.currentThread().interrupt(); // as those do who cannot throw an InterruptedException
                    var cancelled = catchThrowableOfType(CancelledError.class, () -> Asyncio.sleep(SHORT));
                    assertThat(cancelled).hasMessage("enough");
                    assertThat(self().uncancel()).isZero();
                    assertNothingIsLeft();
                    return "goes on";
                });
                task.cancel("enough");
                assertThat(task.await()).isEqualTo("goes on");
            });
        }
    }

    /** The library's own failures stay what they are as long as nobody has cancelled. */
    @Test
    void failure_ofACallThatNobodyCancelled_staysOne() throws Exception {
        Scene.run(() -> {
            Coroutine<String, IOException> call = () -> {
                throw new IOException("Closed by interrupt, says the driver");
            };
            Task<String> task = Asyncio.createTask(call);
            assertThat(catchThrowable(task::await)).isInstanceOf(IOException.class);
            assertThat(task.cancelled()).isFalse();
        });
    }

    /** Somebody else's interrupt of a call of the JDK is that call's affair, to the end of the task. */
    @Test
    void interrupt_byOthers_thatLeavesTheTask_isItsFailureAndNoCancel() throws Exception {
        Scene.run(() -> {
            var blocking = new Blocking<String>(
                    () -> {
                        Thread.sleep(Duration.ofHours(1));
                        return "never";
                    },
                    Asyncio::createTask);
            Task<String> task = blocking.untilItBlocks();
            Asyncio.toThread(blocking.thread()::interrupt);
            assertThat(catchThrowable(task::await)).isInstanceOf(InterruptedException.class);
            assertThat(task.cancelled()).isFalse();
        });
    }
}
