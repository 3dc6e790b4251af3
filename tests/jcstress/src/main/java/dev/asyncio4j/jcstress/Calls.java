package dev.asyncio4j.jcstress;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.BaseEventLoop;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZL_Result;

/** {@code runCoroutineThreadsafe}: its future ends in one way, whoever ends it (EXE-5). */
public class Calls {

    /** What may come of it: whether {@code cancel} claims to have been first, and how the call ended. */
    @Outcome(id = "true, cancelled", expect = Expect.ACCEPTABLE, desc = "the cancel came first")
    @Outcome(id = "false, value", expect = Expect.ACCEPTABLE, desc = "the value came first")
    @Outcome(expect = Expect.FORBIDDEN, desc = "both claim to have been first, or nobody ended it")
    public interface OneEnd {}

    /** A coroutine that was handed in and has not begun. */
    @State
    public static class Scene {

        private final BaseEventLoop loop = Loops.spinning();
        private final CompletableFuture<String> call = Asyncio.runCoroutineThreadsafe(() -> "value", loop);

        boolean cancel() {
            return call.cancel(true);
        }

        void turn() {
            Loops.turn(loop);
        }

        void end(ZL_Result result) {
            Loops.turnUntil(loop, this::isDone);
            loop.close();
            result.r2 = outcome();
        }

        boolean isDone() {
            return call.isDone();
        }

        String outcome() {
            return call.isCancelled() ? "cancelled" : call.getNow("pending");
        }
    }

    /** The outcome goes through a future that races. */
    @State
    public static class RacyScene extends Scene {

        private final RacyFuture call = new RacyFuture();

        @Override
        boolean cancel() {
            return call.end("cancelled");
        }

        @Override
        void turn() {
            call.end("value");
        }

        @Override
        boolean isDone() {
            return true;
        }

        @Override
        String outcome() {
            @Nullable String outcome = call.outcome();
            return Objects.requireNonNullElse(outcome, "pending");
        }
    }

    /** Another thread cancels while the coroutine runs. */
    @JCStressTest
    @JCStressMeta(OneEnd.class)
    public static class CancelWhileItRuns {

        /** Cancels. */
        @Actor
        public void canceller(Scene scene, ZL_Result result) {
            result.r1 = scene.cancel();
        }

        /** Runs the coroutine. */
        @Actor
        public void loop(Scene scene) {
            scene.turn();
            scene.turn();
            scene.turn();
        }

        /** Ends what is left. */
        @Arbiter
        public void end(Scene scene, ZL_Result result) {
            scene.end(result);
        }
    }

    /** {@link CancelWhileItRuns} with a future that races. */
    @JCStressTest
    @JCStressMeta(OneEnd.class)
    public static class CancelWhileItRunsTwin {

        /** Cancels. */
        @Actor
        public void canceller(RacyScene scene, ZL_Result result) {
            result.r1 = scene.cancel();
        }

        /** Runs the coroutine. */
        @Actor
        public void loop(RacyScene scene) {
            scene.turn();
        }

        /** Ends what is left. */
        @Arbiter
        public void end(RacyScene scene, ZL_Result result) {
            scene.end(result);
        }
    }
}
