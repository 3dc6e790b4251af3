package dev.asyncio4j.tests.behaviour.interop;

import static dev.asyncio4j.Asyncio.createTask;
import static dev.asyncio4j.Asyncio.getRunningLoop;
import static dev.asyncio4j.Asyncio.sleep;
import static dev.asyncio4j.interop.Publishers.publish;
import static dev.asyncio4j.interop.Publishers.subscribe;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.asyncio4j.AsyncGenerator;
import dev.asyncio4j.Asyncio;
import dev.asyncio4j.CancelledError;
import dev.asyncio4j.ExceptionContext;
import dev.asyncio4j.Task;
import dev.asyncio4j.interop.PublishedItems;
import dev.asyncio4j.testing.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PublishersTest {

    private final List<String> trail = new ArrayList<>();

    private static void turns(int count) {
        for (int i = 0; i < count; i++) {
            sleep(Duration.ZERO);
        }
    }

    /** Says what it is told; asks for nothing by itself. */
    private class Listener implements Flow.Subscriber<Object> {

        Flow.Subscription subscription;

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            trail.add("subscribed");
        }

        @Override
        public void onNext(Object item) {
            trail.add("got " + item);
        }

        @Override
        public void onError(Throwable thrown) {
            trail.add("failed with " + thrown);
        }

        @Override
        public void onComplete() {
            trail.add("complete");
        }
    }

    // ---- publishing

    @Test
    void publish_iterable_givesWhatIsAskedForAndNoMore() {
        Asyncio.run(() -> {
            var asked = new ArrayList<Integer>();
            Iterable<Integer> items = () -> Stream.of(1, 2, 3).peek(asked::add).iterator();
            var listener = new Listener();
            publish(items).subscribe(listener);
            turns(3);
            assertThat(trail).containsExactly("subscribed");
            listener.subscription.request(2);
            turns(3);
            assertThat(trail).containsExactly("subscribed", "got 1", "got 2");
            assertThat(asked).as("one is ready for the next request").containsExactly(1, 2, 3);
            listener.subscription.request(1);
            turns(3);
            assertThat(trail).endsWith("got 3", "complete");
        });
    }

    @Test
    void publish_twoSubscribers_eachGetsAnIterationOfItsOwn() {
        Asyncio.run(() -> {
            Flow.Publisher<Integer> publisher = publish(List.of(1, 2));
            for (int i = 0; i < 2; i++) {
                var listener = new Listener();
                publisher.subscribe(listener);
                turns(2);
                listener.subscription.request(Long.MAX_VALUE);
                turns(3);
            }
        });
        assertThat(trail).containsSubsequence("got 1", "got 2", "complete", "got 1", "got 2", "complete");
    }

    @Test
    void publish_sourceFails_theSubscriberIsTold() {
        Asyncio.run(() -> {
            publish(_ -> {
                        turns(1);
                        throw new IOException("broken");
                    })
                    .subscribe(new Listener());
            turns(4);
        });
        assertThat(trail).containsExactly("subscribed", "failed with java.io.IOException: broken");
    }

    @Test
    void publish_subscriberCancels_theSourceIsCancelledWhereItWaits() {
        Asyncio.run(() -> {
            var listener = new Listener();
            publish(emitter -> {
                        try {
                            emitter.emit("a");
                            sleep(Duration.ofHours(1));
                        } finally {
                            turns(1);
                            trail.add("cleaned up");
                        }
                    })
                    .subscribe(listener);
            turns(2);
            listener.subscription.request(5);
            turns(2);
            listener.subscription.cancel();
            turns(4);
            assertThat(Asyncio.allTasks()).hasSize(1);
        });
        assertThat(trail).containsExactly("subscribed", "got a", "cleaned up");
    }

    @Test
    void publish_sourceGoesOnAfterACancel_eachEmitThrows() {
        Asyncio.run(() -> {
            var listener = new Listener();
            publish(emitter -> {
                        for (int i = 0; i < 3; i++) {
                            try {
                                emitter.emit("item");
                            } catch (CancelledError e) {
                                trail.add("stubborn");
                            }
                        }
                    })
                    .subscribe(listener);
            turns(2);
            listener.subscription.cancel();
            turns(3);
        });
        assertThat(trail).containsExactly("subscribed", "stubborn", "stubborn", "stubborn");
    }

    @Test
    void publish_sourceTaskCancelledByAnother_theSubscriberIsTold() {
        Asyncio.run(() -> {
            var failure = new ArrayList<Throwable>();
            publish(_ -> sleep(Duration.ofHours(1))).subscribe(new Listener() {
                @Override
                public void onError(Throwable thrown) {
                    failure.add(thrown);
                }
            });
            turns(2);
            Task<?> publishing = List.copyOf(Asyncio.allTasks()).getLast();
            publishing.cancel();
            turns(2);
            assertThat(failure).singleElement().isInstanceOf(CancellationException.class);
            assertThat(publishing.cancelled()).isTrue();
        });
    }

    @Test
    void publish_subscriberThrows_hearsNoMoreAndIsReported() {
        // 2.13
        Asyncio.run(() -> {
            var reports = new ArrayList<ExceptionContext>();
            getRunningLoop().setExceptionHandler((_, context) -> reports.add(context));
            publish(List.of(1, 2, 3)).subscribe(new Listener() {
                @Override
                public void onSubscribe(Flow.Subscription given) {
                    given.request(3);
                }

                @Override
                public void onNext(Object item) {
                    super.onNext(item);
                    throw new IllegalStateException("against the rules");
                }
            });
            turns(4);
            assertThat(reports)
                    .singleElement()
                    .satisfies(
                            report -> assertThat(report.exception()).get().isInstanceOf(IllegalStateException.class));
        });
        assertThat(trail).containsExactly("got 1");
    }

    @Test
    void publish_emitInAnotherTask_isRefused() {
        // 1.3
        Asyncio.run(() -> {
            publish(emitter -> createTask(() -> emitter.emit("x")).await()).subscribe(new Listener());
            turns(5);
        });
        assertThat(trail.getLast()).contains("only the task that runs the source may emit");
    }

    @Test
    void publish_generator_isClosedWhenTheSubscriberCancels() {
        Asyncio.run(() -> {
            var listener = new Listener();
            publish(() -> AsyncGenerator.<String>of(yielder -> {
                        try {
                            while (true) {
                                yielder.yield("item");
                            }
                        } finally {
                            trail.add("closed");
                        }
                    }))
                    .subscribe(listener);
            turns(3);
            listener.subscription.request(2);
            turns(6);
            listener.subscription.cancel();
            turns(6);
            assertThat(Asyncio.allTasks()).hasSize(1);
        });
        assertThat(trail).containsExactly("subscribed", "got item", "got item", "closed");
    }

    @Test
    void publish_boundlessDemand_letsOtherTasksRun() {
        Asyncio.run(() -> {
            Iterable<Integer> endless = () -> IntStream.iterate(0, i -> i + 1).iterator();
            publish(endless).subscribe(new Listener() {
                @Override
                public void onSubscribe(Flow.Subscription given) {
                    super.onSubscribe(given);
                    given.request(Long.MAX_VALUE);
                }

                @Override
                public void onNext(Object item) {}
            });
            turns(20);
            trail.add("others run");
        });
        assertThat(trail).startsWith("subscribed", "others run");
    }

    @Test
    void publish_loopClosed_theSubscriberIsTold() {
        Flow.Publisher<Integer> publisher = Asyncio.run(() -> publish(List.of(1)));
        publisher.subscribe(new Listener());
        assertThat(trail)
                .containsExactly(
                        "subscribed",
                        "failed with java.lang.IllegalStateException: the event loop of this publisher is closed");
    }

    @Test
    void publish_outsideALoop_isRefused() {
        assertThatThrownBy(() -> publish(List.of(1))).isInstanceOf(IllegalStateException.class);
    }

    // ---- subscribing

    @Test
    void subscribe_publisherOnOtherThreads_givesAllItemsInOrder() {
        Asyncio.run(() -> {
            var publisher = new SubmissionPublisher<Integer>(Thread::startVirtualThread, 4);
            try (PublishedItems<Integer> items = subscribe(publisher, 3)) {
                Thread.ofPlatform().daemon().start(() -> {
                    IntStream.range(0, 500).forEach(publisher::submit);
                    publisher.close();
                });
                var taken = new ArrayList<Integer>();
                items.forEach(taken::add);
                assertThat(taken)
                        .containsExactlyElementsOf(
                                IntStream.range(0, 500).boxed().toList());
            }
        });
    }

    @Test
    void subscribe_ourOwnPublisher_passesTheLoopTwice() {
        Asyncio.run(() -> {
            try (PublishedItems<Integer> items = subscribe(publish(List.of(1, 2, 3, 4, 5)), 2)) {
                assertThat(items).containsExactly(1, 2, 3, 4, 5);
            }
        });
    }

    /** Is asked by hand. */
    private static final class Script implements Flow.Publisher<String>, Flow.Subscription {

        Flow.Subscriber<? super String> subscriber;
        long requested;
        boolean cancelled;

        @Override
        public void subscribe(Flow.Subscriber<? super String> given) {
            subscriber = given;
            given.onSubscribe(this);
        }

        @Override
        public void request(long count) {
            requested += count;
        }

        @Override
        public void cancel() {
            cancelled = true;
        }
    }

    @Test
    void subscribe_consumerThatTakesNothing_asksForNoMoreThanThePrefetch() {
        Asyncio.run(() -> {
            var script = new Script();
            var items = subscribe(script, 4).iterator();
            turns(1);
            assertThat(script.requested).isEqualTo(4);
            List.of("a", "b", "c", "d").forEach(script.subscriber::onNext);
            assertThat(items.next()).isEqualTo("a");
            assertThat(script.requested).isEqualTo(4);
            assertThat(items.next()).isEqualTo("b");
            assertThat(script.requested).as("when half is used up").isEqualTo(6);
        });
    }

    @Test
    void subscribe_publisherFails_givesTheItemsFirstAndThrowsOnce() {
        Asyncio.run(() -> {
            var script = new Script();
            var items = subscribe(script).iterator();
            var failure = new IOException("broken");
            script.subscriber.onNext("a");
            script.subscriber.onError(failure);
            assertThat(items.next()).isEqualTo("a");
            assertThatThrownBy(items::hasNext).isSameAs(failure);
            assertThat(items.hasNext()).isFalse();
            assertThatThrownBy(items::next).isInstanceOf(NoSuchElementException.class);
        });
    }

    @Test
    void subscribe_publisherSendsTooMuch_isCancelledAndFails() {
        Asyncio.run(() -> {
            var script = new Script();
            var items = subscribe(script, 1).iterator();
            script.subscriber.onNext("a");
            script.subscriber.onNext("b");
            turns(1);
            assertThat(script.cancelled).isTrue();
            assertThat(items.next()).isEqualTo("a");
            assertThatThrownBy(items::next)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("more than the 1");
        });
    }

    @Test
    void subscribe_consumerCancelled_losesNoItem() {
        // CAN-12
        Asyncio.run(() -> {
            var script = new Script();
            var items = subscribe(script).iterator();
            Task<String> consumer = createTask(items::next);
            turns(1);
            script.subscriber.onNext("a");
            consumer.cancel();
            turns(2);
            assertThat(consumer.cancelled()).isTrue();
            assertThat(items.next()).isEqualTo("a");
        });
    }

    @Test
    void subscribe_twoConsumersAtATime_theSecondIsRefused() {
        Asyncio.run(() -> {
            var items = subscribe(new Script()).iterator();
            Task<String> first = createTask(items::next);
            turns(1);
            assertThatThrownBy(items::next)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("one may iterate");
            first.cancel();
        });
    }

    @Test
    void close_whileWaiting_cancelsTheSubscriptionAndEndsTheIteration() {
        Asyncio.run(() -> {
            var script = new Script();
            var items = subscribe(script);
            Task<Boolean> consumer = createTask(() -> items.iterator().hasNext());
            turns(2);
            items.close();
            assertThat(script.cancelled).isTrue();
            assertThat(consumer.await()).isFalse();
        });
    }

    @Test
    void close_beforeThePublisherHasAnswered_cancelsWhenItDoes() {
        Asyncio.run(() -> {
            var script = new Script();
            subscribe(script).close();
            turns(1);
            assertThat(script.cancelled).isTrue();
            assertThat(script.requested).isZero();
        });
    }

    @Test
    void close_afterTheEnd_leavesTheSubscriptionAlone() {
        Asyncio.run(() -> {
            var script = new Script();
            var items = subscribe(script);
            script.subscriber.onComplete();
            assertThat(items).isEmpty();
            items.close();
            assertThat(script.cancelled).isFalse();
        });
    }

    @Test
    void signal_afterTheLoopWasClosed_cancelsThePublisher() {
        var script = new Script();
        Asyncio.run(() -> {
            subscribe(script);
        });
        script.subscriber.onNext("late");
        assertThat(script.cancelled).isTrue();
    }

    @Test
    void subscribe_prefetchBelowOne_isRefused() {
        Asyncio.run(() -> assertThatThrownBy(() -> subscribe(new Script(), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0"));
    }

    @Test
    void subscribe_ourOwnPublisherThatSleeps_letsVirtualTimePass() {
        VirtualTime.run(() -> {
            Flow.Publisher<String> slow = publish(emitter -> {
                sleep(Duration.ofHours(1));
                emitter.emit("a");
                sleep(Duration.ofHours(1));
                emitter.emit("b");
            });
            try (var items = subscribe(slow, 1)) {
                assertThat(items).containsExactly("a", "b");
            }
        });
    }

    @Test
    void subscribe_publisherOnAnotherThreadUnderAVirtualClock_isNoDeadlock() {
        VirtualTime.run(() -> {
            var publisher = new SubmissionPublisher<Integer>(Thread::startVirtualThread, 4);
            try (PublishedItems<Integer> items = subscribe(publisher, 2)) {
                Thread.ofPlatform().daemon().start(() -> {
                    IntStream.range(0, 10).forEach(publisher::submit);
                    publisher.close();
                });
                assertThat(items).hasSize(10);
            }
        });
    }
}
