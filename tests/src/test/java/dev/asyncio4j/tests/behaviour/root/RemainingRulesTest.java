package dev.asyncio4j.tests.behaviour.root;

import static dev.asyncio4j.Asyncio.createTask;
import static dev.asyncio4j.Asyncio.getRunningLoop;
import static dev.asyncio4j.Asyncio.sleep;
import static dev.asyncio4j.tests.behaviour.root.Scene.play;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.asyncio4j.AsyncGenerator;
import dev.asyncio4j.Asyncio;
import dev.asyncio4j.CancelledError;
import dev.asyncio4j.ExceptionContext;
import dev.asyncio4j.ExceptionGroup;
import dev.asyncio4j.Task;
import dev.asyncio4j.TaskGroup;
import dev.asyncio4j.TaskOptions;
import dev.asyncio4j.tests.behaviour.root.Scene.Boom;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rules that no parity scenario shows: CPython 3.13 leaves them open, words them itself, or is too old for them. */
class RemainingRulesTest {

    private static final int CHAIN = 1_000;

    private final List<Object> trail = new ArrayList<>();

    private void forever() {
        try {
            getRunningLoop().createFuture().await();
        } catch (CancelledError e) {
            trail.add("cancelled");
            throw e;
        }
    }

    // ---- the loop

    @Test
    void callAt_sameInstantForMany_runsThemInTheOrderInWhichTheyWereSet() {
        // LOOP-6
        play(() -> {
            var loop = getRunningLoop();
            var when = loop.time().plusSeconds(1);
            IntStream.range(0, 100).forEach(n -> loop.callAt(when, () -> trail.add(n)));
            sleep(ofSeconds(2));
        });
        assertThat(trail).isEqualTo(IntStream.range(0, 100).boxed().toList());
    }

    @Test
    void defaultExceptionHandler_ofAReport_logsOneRecordWithTheException() {
        // EXC-2
        var records = new ArrayList<LogRecord>();
        var handler = new Handler() {
            @Override
            public void publish(LogRecord record) {
                records.add(record);
            }

            @Override
            public void flush() {
                // Nothing is held back.
            }

            @Override
            public void close() {
                // Nothing is held.
            }
        };
        var error = new Boom("to be logged");
        var logger = Logger.getLogger("asyncio");
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
        try {
            Asyncio.run(() -> getRunningLoop()
                    .defaultExceptionHandler(
                            ExceptionContext.of("what happened").with(ExceptionContext.EXCEPTION, error)));
        } finally {
            logger.setUseParentHandlers(true);
            logger.removeHandler(handler);
        }
        assertThat(records)
                .filteredOn(record -> record.getThrown() == error)
                .singleElement()
                .satisfies(record -> assertThat(record.getMessage()).contains("what happened"));
    }

    @Test
    void failure_ofATaskThatNobodyLooksAt_isReportedAtTheEndAtTheLatest() {
        // FUT-7
        play(() -> {
            getRunningLoop()
                    .setExceptionHandler((_, context) ->
                            trail.add(context.exception().orElseThrow().getMessage()));
            createTask(() -> {
                throw new Boom("never looked at");
            });
            var seen = createTask(() -> {
                throw new Boom("looked at");
            });
            var thrown = createTask(() -> {
                throw new Boom("thrown on");
            });
            var cancelled = createTask(() -> {
                throw new Boom("cancelled when it was too late");
            });
            sleep(ZERO);
            seen.exception();
            assertThatThrownBy(thrown::result).isInstanceOf(Boom.class);
            cancelled.cancel();
        });
        assertThat(trail).containsExactly("never looked at");
    }

    @Test
    void result_ofAFailedFuture_isThrownAsItWasOnceAndAsACopyAfterwards() {
        // FUT-9
        play(() -> {
            var future = getRunningLoop().createFuture();
            var original = new IllegalStateException("once");
            future.setException(original);
            assertThatThrownBy(future::result).isSameAs(original);
            assertThatThrownBy(future::result)
                    .isNotSameAs(original)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("once")
                    .hasCause(original);
        });
    }

    // ---- cancelling

    @Test
    void cancel_ofATaskThatOnlyGaveWay_isThrownOnce() {
        // CAN-7
        play(() -> {
            var task = createTask(() -> {
                try {
                    sleep(ZERO);
                } catch (CancelledError e) {
                    trail.add("cancelled");
                }
                sleep(ZERO);
                return "went on";
            });
            sleep(ZERO);
            task.cancel();
            assertThat(task.await()).isEqualTo("went on");
            assertThat(task.cancelling()).isEqualTo(1);
        });
        assertThat(trail).containsExactly("cancelled");
    }

    @Test
    void cancel_twiceOfATaskThatOnlyGaveWay_throwsTheFirstMessage() {
        // CAN-8
        play(() -> {
            var task = createTask(() -> {
                try {
                    sleep(ZERO);
                } catch (CancelledError e) {
                    trail.add(e.getMessage());
                }
            });
            sleep(ZERO);
            task.cancel("first");
            task.cancel("second");
            task.await();
            assertThat(task.cancelling()).isEqualTo(2);
        });
        assertThat(trail).containsExactly("first");
    }

    @Test
    void cancel_ofALongChainOfTasks_reachesTheInnermostAndCountsInEach() {
        // CAN-2
        play(() -> {
            var chain = new ArrayList<Task<?>>();
            chain.add(createTask(this::forever));
            for (int i = 1; i < CHAIN; i++) {
                Task<?> inner = chain.getLast();
                chain.add(createTask(() -> inner.await()));
            }
            sleep(ZERO);
            chain.getLast().cancel();
            Asyncio.wait(chain);
            assertThat(chain).allMatch(task -> task.cancelled() && task.cancelling() == 1);
        });
        assertThat(trail).containsExactly("cancelled");
    }

    // ---- tasks and groups

    @Test
    void getStack_ofATaskThatWaits_showsWhereItDoes() {
        // TASK-8
        play(() -> {
            var task = createTask(() -> forever());
            assertThat(task.getStack()).isEmpty();
            sleep(ZERO);
            assertThat(task.getStack()).anyMatch(frame -> frame.getMethodName().equals("forever"));
            task.cancelAndWait();
            assertThat(task.getStack()).isEmpty();
        });
    }

    @Test
    void cancel_ofAGroup_endsItsTasksAndItsBlockWithoutAnException() {
        // TG-10
        play(() -> {
            TaskGroup.run(group -> {
                group.createTask(this::forever);
                sleep(ZERO);
                group.cancel();
                group.cancel();
                assertThatThrownBy(() -> group.createTask(this::forever)).isInstanceOf(IllegalStateException.class);
                forever();
            });
            trail.add("after");
            sleep(ZERO);
        });
        assertThat(trail).containsExactly("cancelled", "cancelled", "after");
    }

    /** gh-155433. */
    @Test
    void cancel_ofAGroup_oneFromOutsideMeanwhile_isKept() {
        // TG-10
        play(() -> {
            var task = createTask(() -> {
                TaskGroup.run(group -> {
                    group.createTask(() -> {
                        try {
                            forever();
                        } finally {
                            trail.add("child cleans up");
                            sleep(ZERO);
                            sleep(ZERO);
                        }
                    });
                    sleep(ZERO);
                    group.cancel();
                    forever();
                });
                sleep(ZERO);
                trail.add("the cancel was lost");
            });
            while (!trail.contains("child cleans up")) {
                sleep(ZERO);
            }
            task.cancel();
            assertThatThrownBy(task::await).isInstanceOf(CancelledError.class);
        });
        assertThat(trail).doesNotContain("the cancel was lost");
    }

    @Test
    void cancel_ofAGroupWithAFailure_stillThrowsIt() {
        // TG-10
        play(() -> assertThatThrownBy(() -> TaskGroup.run(group -> {
                    group.createTask(() -> {
                        try {
                            forever();
                        } finally {
                            fail();
                        }
                    });
                    sleep(ZERO);
                    group.cancel();
                }))
                .isInstanceOf(ExceptionGroup.class));
    }

    @Test
    void cancel_ofAGroupByAChildThatBeginsEagerly_cancelsTheChildToo() {
        // EAG-7
        play(() -> {
            TaskGroup.run(group -> {
                group.createTask(
                        () -> {
                            group.cancel();
                            forever();
                        },
                        TaskOptions.DEFAULT.withEagerStart(true));
                trail.add("created");
            });
            trail.add("after");
        });
        assertThat(trail).containsExactly("created", "cancelled", "after");
    }

    private static void fail() throws Boom {
        throw new Boom("in cleanup");
    }

    @Test
    void close_ofAGeneratorThatYieldsInsideAGroup_endsItQuietly() {
        // TG-11
        play(() -> {
            var generator = AsyncGenerator.<Integer>of(yielder -> TaskGroup.run(group -> {
                group.createTask(this::forever);
                sleep(ZERO);
                yielder.yield(1);
            }));
            assertThat(generator.anext()).isEqualTo(1);
            generator.aclose();
            trail.add("closed");
        });
        assertThat(trail).containsExactly("cancelled", "closed");
    }

    /** EXC-2. The task is gone by then. */
    @Test
    void unretrievedFailure_inDebugMode_saysWhereItsTaskWasMade() {
        var reports = new ArrayList<ExceptionContext>();
        Asyncio.run(() -> {
            getRunningLoop().setDebug(true);
            getRunningLoop().setExceptionHandler((_, context) -> reports.add(context));
            createTask(() -> {
                throw new IllegalStateException("nobody looks at this");
            });
            sleep(ZERO);
        });
        assertThat(reports)
                .singleElement()
                .satisfies(report -> assertThat(report.asMap())
                        .extractingByKey("source_traceback")
                        .asString()
                        .contains(RemainingRulesTest.class.getSimpleName()));
    }
}
