package dev.asyncio4j.jcstress;

import dev.asyncio4j.BaseEventLoop;
import dev.asyncio4j.Future;
import dev.asyncio4j.interop.Futures;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;
import org.openjdk.jcstress.infra.results.ZL_Result;

/** The bridges between our futures and those of the JDK: nothing is lost on the way, and an end is an end (EXE-6). */
public class Bridges {

    /** What may come of a cancel by another thread while the loop sets the value. */
    @Outcome(
            id = "true, cancelled/cancelled",
            expect = Expect.ACCEPTABLE,
            desc = "the cancel came first and reached ours")
    @Outcome(
            id = "true, cancelled/value",
            expect = Expect.ACCEPTABLE,
            desc = "the cancel came while the value was on its way")
    @Outcome(id = "false, value/value", expect = Expect.ACCEPTABLE, desc = "the value came first")
    @Outcome(expect = Expect.FORBIDDEN, desc = "the two futures tell different stories, or one never ends")
    public interface OneStory {}

    /** What may come of a stage that another thread completes while we begin to follow it. */
    @Outcome(id = "value", expect = Expect.ACCEPTABLE, desc = "the value came through")
    @Outcome(expect = Expect.FORBIDDEN, desc = "the value was lost")
    public interface ComesThrough {}

    /** One of our futures, and one of the JDK that follows it. */
    @State
    public static class Outwards {

        private final BaseEventLoop loop = Loops.spinning();
        private final Future<String> ours = loop.createFuture();
        private final CompletableFuture<String> theirs;

        /** Makes the bridge, on the loop. */
        public Outwards() {
            var made = new ArrayList<CompletableFuture<String>>();
            loop.callSoon(() -> made.add(Futures.toCompletableFuture(ours)));
            Loops.turn(loop);
            theirs = made.getFirst();
        }

        boolean cancel() {
            return theirs.cancel(true);
        }

        void setValue() {
            loop.callSoon(() -> {
                if (!ours.done()) {
                    ours.setResult("value");
                }
            });
            Loops.turn(loop);
            Loops.turn(loop);
        }

        void end(ZL_Result result) {
            Loops.turnUntil(loop, () -> ours.done() && isDone());
            Loops.turn(loop);
            loop.close();
            result.r2 = outcome() + "/" + (ours.cancelled() ? "cancelled" : ours.done() ? ours.result() : "pending");
        }

        boolean isDone() {
            return theirs.isDone();
        }

        String outcome() {
            return theirs.isCancelled() ? "cancelled" : theirs.getNow("pending");
        }

        Future<String> ours() {
            return ours;
        }
    }

    /** What follows is a future that races. */
    @State
    public static class RacyOutwards extends Outwards {

        private final RacyFuture theirs = new RacyFuture();

        @Override
        boolean cancel() {
            return theirs.end("cancelled");
        }

        @Override
        void setValue() {
            ours().addDoneCallback(_ -> theirs.end("value"));
            super.setValue();
        }

        @Override
        boolean isDone() {
            return true;
        }

        @Override
        String outcome() {
            return Objects.requireNonNullElse(theirs.outcome(), "pending");
        }
    }

    /** A stage, and one of our futures that is to follow it. */
    @State
    public static class Inwards {

        private final BaseEventLoop loop = Loops.spinning();
        private final CompletableFuture<String> theirs;
        private @Nullable Future<String> ours;

        /** Makes the stage. */
        public Inwards() {
            this(new CompletableFuture<>());
        }

        Inwards(CompletableFuture<String> theirs) {
            this.theirs = theirs;
        }

        void complete() {
            theirs.complete("value");
        }

        void follow() {
            loop.callSoon(() -> ours = Futures.fromCompletionStage(theirs));
            Loops.turn(loop);
        }

        void end(L_Result result) {
            Future<String> future = Objects.requireNonNull(ours);
            for (int i = 0; i < 10 && !future.done(); i++) {
                Loops.turn(loop);
            }
            loop.close();
            result.r1 = future.done() ? future.result() : "pending";
        }
    }

    /** The stage loses who registers while it is being completed. */
    @State
    public static class RacyInwards extends Inwards {

        /** Makes the stage. */
        public RacyInwards() {
            super(new RacyStage());
        }
    }

    private static final class RacyStage extends CompletableFuture<String> {

        private volatile List<BiConsumer<? super String, ? super Throwable>> actions = List.of();

        @Override
        public boolean complete(String value) {
            actions.forEach(action -> action.accept(value, null));
            return super.complete(value);
        }

        @Override
        public CompletableFuture<String> whenComplete(BiConsumer<? super String, ? super Throwable> action) {
            if (isDone()) {
                action.accept(getNow("pending"), null);
            } else {
                Loops.dawdle();
                actions = List.of(action);
            }
            return this;
        }
    }

    /** Another thread cancels while the loop sets the value. */
    @JCStressTest
    @JCStressMeta(OneStory.class)
    public static class CancelMeetsValue {

        /** Cancels. */
        @Actor
        public void canceller(Outwards scene, ZL_Result result) {
            result.r1 = scene.cancel();
        }

        /** Sets the value. */
        @Actor
        public void loop(Outwards scene) {
            scene.setValue();
        }

        /** Ends what is left. */
        @Arbiter
        public void end(Outwards scene, ZL_Result result) {
            scene.end(result);
        }
    }

    /** {@link CancelMeetsValue} with a future that races. */
    @JCStressTest
    @JCStressMeta(OneStory.class)
    public static class CancelMeetsValueTwin {

        /** Cancels. */
        @Actor
        public void canceller(RacyOutwards scene, ZL_Result result) {
            result.r1 = scene.cancel();
        }

        /** Sets the value. */
        @Actor
        public void loop(RacyOutwards scene) {
            scene.setValue();
        }

        /** Ends what is left. */
        @Arbiter
        public void end(RacyOutwards scene, ZL_Result result) {
            scene.end(result);
        }
    }

    /** Another thread completes a stage while the loop begins to follow it. */
    @JCStressTest
    @JCStressMeta(ComesThrough.class)
    public static class CompletionMeetsFollower {

        /** Completes. */
        @Actor
        public void completer(Inwards scene) {
            scene.complete();
        }

        /** Follows. */
        @Actor
        public void loop(Inwards scene) {
            scene.follow();
        }

        /** Ends what is left. */
        @Arbiter
        public void end(Inwards scene, L_Result result) {
            scene.end(result);
        }
    }

    /** {@link CompletionMeetsFollower} with a stage that races. */
    @JCStressTest
    @JCStressMeta(ComesThrough.class)
    public static class CompletionMeetsFollowerTwin {

        /** Completes. */
        @Actor
        public void completer(RacyInwards scene) {
            scene.complete();
        }

        /** Follows. */
        @Actor
        public void loop(RacyInwards scene) {
            scene.follow();
        }

        /** Ends what is left. */
        @Arbiter
        public void end(RacyInwards scene, L_Result result) {
            scene.end(result);
        }
    }
}
