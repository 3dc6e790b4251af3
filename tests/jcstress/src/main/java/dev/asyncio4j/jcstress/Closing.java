package dev.asyncio4j.jcstress;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.BaseEventLoop;
import dev.asyncio4j.Future;
import dev.asyncio4j.interop.Futures;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** A loop is closed while another thread hands something in: it is refused or ended, and nobody waits for ever (LOOP-9). */
public class Closing {

    /** What may come of a callback. */
    @Outcome(
            id = {"refused", "accepted"},
            expect = Expect.ACCEPTABLE,
            desc = "it was handed in after the loop was closed, or before")
    @Outcome(expect = Expect.FORBIDDEN, desc = "it ran on a closed loop, or something else was thrown")
    public interface RefusedOrDropped {}

    /** What may come of a coroutine. */
    @Outcome(
            id = {"refused", "failed"},
            expect = Expect.ACCEPTABLE,
            desc = "who asked was told, at once or by the future")
    @Outcome(expect = Expect.FORBIDDEN, desc = "who waits for the future waits for ever")
    public interface Told {}

    /** What may come of a cancel. */
    @Outcome(
            id = {"cancelled", "failed"},
            expect = Expect.ACCEPTABLE,
            desc = "the cancel came first, or the close")
    @Outcome(expect = Expect.FORBIDDEN, desc = "the cancel was thrown back at who asked, or nothing came of it")
    public interface Quiet {}

    /** A loop to be closed. */
    @State
    public static class Scene {

        final BaseEventLoop loop = Loops.spinning();
        private volatile boolean ranLate;

        void close() {
            loop.close();
        }

        String submit() {
            try {
                handIn(() -> ranLate = loop.isClosed());
                return "accepted";
            } catch (IllegalStateException e) {
                return "refused";
            }
        }

        void handIn(Runnable callback) {
            loop.callSoonThreadsafe(callback);
        }

        void end(L_Result result) {
            if (ranLate) {
                result.r1 = "ran on a closed loop";
            }
        }

        static String outcome(CompletableFuture<?> future) {
            return future.isCancelled() ? "cancelled" : future.isCompletedExceptionally() ? "failed" : "pending";
        }
    }

    /** Looks whether the loop is open, and then has the callback run where it is. */
    @State
    public static class RacyScene extends Scene {

        @Override
        void handIn(Runnable callback) {
            if (loop.isClosed()) {
                throw new IllegalStateException("closed");
            }
            Loops.dawdle();
            callback.run();
        }
    }

    /** A loop that is asked for a coroutine. */
    @State
    public static class CallScene extends Scene {

        private @Nullable CompletableFuture<String> call;

        void call() {
            try {
                call = start();
            } catch (IllegalStateException e) {
                call = null;
            }
        }

        CompletableFuture<String> start() {
            return Asyncio.runCoroutineThreadsafe(() -> "value", loop);
        }

        @Override
        void end(L_Result result) {
            CompletableFuture<String> future = call;
            result.r1 = future == null ? "refused" : outcome(future);
        }
    }

    /** Looks whether the loop is open, and then asks to be told of its end. */
    @State
    public static class RacyCallScene extends CallScene {

        private final List<Runnable> atClose = new CopyOnWriteArrayList<>();

        @Override
        CompletableFuture<String> start() {
            var future = new CompletableFuture<String>();
            if (loop.isClosed()) {
                throw new IllegalStateException("closed");
            }
            Loops.dawdle();
            atClose.add(() -> future.completeExceptionally(new IllegalStateException("closed")));
            return future;
        }

        @Override
        void close() {
            super.close();
            atClose.forEach(Runnable::run);
        }
    }

    /** A future that another thread has of the loop: of a coroutine, or of a future of the loop. */
    @State
    public static class CancelScene extends Scene {

        private final CompletableFuture<String> call = Asyncio.runCoroutineThreadsafe(() -> "value", loop);
        private final Future<String> ours = loop.createFuture();
        private final CompletableFuture<String> theirs;
        private String thrown = "";

        /** Makes the bridge, on the loop. */
        public CancelScene() {
            var made = new ArrayList<CompletableFuture<String>>();
            loop.callSoon(() -> made.add(bridge(ours)));
            Loops.turn(loop);
            theirs = made.getFirst();
        }

        CompletableFuture<String> bridge(Future<String> future) {
            return Futures.toCompletableFuture(future);
        }

        void cancel() {
            try {
                theirs.cancel(true);
                call.cancel(true);
            } catch (RuntimeException e) {
                thrown = "threw";
            }
        }

        @Override
        void end(L_Result result) {
            result.r1 = thrown.isEmpty() ? outcome(theirs) : thrown;
        }
    }

    /** Looks whether the loop is open, and then passes the cancel on. */
    @State
    public static class RacyCancelScene extends CancelScene {

        @Override
        CompletableFuture<String> bridge(Future<String> future) {
            return new CompletableFuture<>() {
                @Override
                public boolean cancel(boolean mayInterruptIfRunning) {
                    boolean cancelled = super.cancel(mayInterruptIfRunning);
                    if (cancelled && !future.loop().isClosed()) {
                        Loops.dawdle();
                        future.loop().callSoonThreadsafe(future::cancel);
                    }
                    return cancelled;
                }
            };
        }
    }

    /** A callback is handed in while the loop is closed. */
    @JCStressTest
    @JCStressMeta(RefusedOrDropped.class)
    public static class CallbackMeetsClose {

        /** Closes. */
        @Actor
        public void closer(Scene scene) {
            scene.close();
        }

        /** Hands in. */
        @Actor
        public void other(Scene scene, L_Result result) {
            result.r1 = scene.submit();
        }

        /** Looks. */
        @Arbiter
        public void end(Scene scene, L_Result result) {
            scene.end(result);
        }
    }

    /** {@link CallbackMeetsClose} with a loop that looks before it leaps. */
    @JCStressTest
    @JCStressMeta(RefusedOrDropped.class)
    public static class CallbackMeetsCloseTwin {

        /** Closes. */
        @Actor
        public void closer(RacyScene scene) {
            scene.close();
        }

        /** Hands in. */
        @Actor
        public void other(RacyScene scene, L_Result result) {
            result.r1 = scene.submit();
        }

        /** Looks. */
        @Arbiter
        public void end(RacyScene scene, L_Result result) {
            scene.end(result);
        }
    }

    /** A coroutine is handed in while the loop is closed. */
    @JCStressTest
    @JCStressMeta(Told.class)
    public static class CallMeetsClose {

        /** Closes. */
        @Actor
        public void closer(CallScene scene) {
            scene.close();
        }

        /** Hands in. */
        @Actor
        public void other(CallScene scene) {
            scene.call();
        }

        /** Looks. */
        @Arbiter
        public void end(CallScene scene, L_Result result) {
            scene.end(result);
        }
    }

    /** {@link CallMeetsClose} with actions that race. */
    @JCStressTest
    @JCStressMeta(Told.class)
    public static class CallMeetsCloseTwin {

        /** Closes. */
        @Actor
        public void closer(RacyCallScene scene) {
            scene.close();
        }

        /** Hands in. */
        @Actor
        public void other(RacyCallScene scene) {
            scene.call();
        }

        /** Looks. */
        @Arbiter
        public void end(RacyCallScene scene, L_Result result) {
            scene.end(result);
        }
    }

    /** Futures are cancelled while the loop is closed. */
    @JCStressTest
    @JCStressMeta(Quiet.class)
    public static class CancelMeetsClose {

        /** Closes. */
        @Actor
        public void closer(CancelScene scene) {
            scene.close();
        }

        /** Cancels. */
        @Actor
        public void other(CancelScene scene) {
            scene.cancel();
        }

        /** Looks. */
        @Arbiter
        public void end(CancelScene scene, L_Result result) {
            scene.end(result);
        }
    }

    /** {@link CancelMeetsClose} with a future that looks before it leaps. */
    @JCStressTest
    @JCStressMeta(Quiet.class)
    public static class CancelMeetsCloseTwin {

        /** Closes. */
        @Actor
        public void closer(RacyCancelScene scene) {
            scene.close();
        }

        /** Cancels. */
        @Actor
        public void other(RacyCancelScene scene) {
            scene.cancel();
        }

        /** Looks. */
        @Arbiter
        public void end(RacyCancelScene scene, L_Result result) {
            scene.end(result);
        }
    }
}
