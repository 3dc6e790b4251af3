package dev.asyncio4j.jcstress;

import dev.asyncio4j.BaseEventLoop;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IL_Result;

/** {@code callSoonThreadsafe}: each callback runs once, and those of one thread run in their order (LOOP-13). */
public class Submissions {

    /** What may come of it. */
    @Outcome(id = "4, in order", expect = Expect.ACCEPTABLE, desc = "each runs once, in the order of its thread")
    @Outcome(expect = Expect.FORBIDDEN, desc = "a callback was lost, doubled or overtaken")
    public interface AllRunInOrder {}

    /** Two threads that hand in callbacks, and what ran of them. */
    @State
    public static class Scene {

        final BaseEventLoop loop = Loops.spinning();
        private final List<Integer> ran = new ArrayList<>();

        void submit(int first, int second) {
            handIn(() -> ran.add(first));
            handIn(() -> ran.add(second));
        }

        void handIn(Runnable callback) {
            loop.callSoonThreadsafe(callback);
        }

        void turn() {
            Loops.turn(loop);
        }

        void end(IL_Result result) {
            for (int i = 0; i < 10 && ran.size() < 4; i++) {
                turn();
            }
            loop.close();
            boolean inOrder = ran.indexOf(1) < ran.indexOf(2) && ran.indexOf(3) < ran.indexOf(4);
            result.r1 = ran.size();
            result.r2 = inOrder ? "in order" : ran.toString();
        }
    }

    /** Hands in without care: two threads may put the same entry below theirs, and one is lost. */
    @State
    public static class RacyScene extends Scene {

        private record Node(Runnable callback, @Nullable Node below) {}

        private volatile @Nullable Node top;

        @Override
        void handIn(Runnable callback) {
            Node below = top;
            Loops.dawdle();
            top = new Node(callback, below);
        }

        @Override
        void turn() {
            var taken = new ArrayList<Runnable>();
            for (Node node = top; node != null; node = node.below()) {
                taken.addFirst(node.callback());
            }
            top = null;
            taken.forEach(loop::callSoon);
            super.turn();
        }
    }

    /** Two threads hand in, and then the loop runs. */
    @JCStressTest
    @JCStressMeta(AllRunInOrder.class)
    public static class FromTwoThreads {

        /** Hands two callbacks in. */
        @Actor
        public void one(Scene scene) {
            scene.submit(1, 2);
        }

        /** Hands two others in. */
        @Actor
        public void other(Scene scene) {
            scene.submit(3, 4);
        }

        /** Runs them. */
        @Arbiter
        public void end(Scene scene, IL_Result result) {
            scene.end(result);
        }
    }

    /** {@link FromTwoThreads} with an inbox that races. */
    @JCStressTest
    @JCStressMeta(AllRunInOrder.class)
    public static class FromTwoThreadsTwin {

        /** Hands two callbacks in. */
        @Actor
        public void one(RacyScene scene) {
            scene.submit(1, 2);
        }

        /** Hands two others in. */
        @Actor
        public void other(RacyScene scene) {
            scene.submit(3, 4);
        }

        /** Runs them. */
        @Arbiter
        public void end(RacyScene scene, IL_Result result) {
            scene.end(result);
        }
    }

    /** A thread hands in while the loop runs. */
    @JCStressTest
    @JCStressMeta(AllRunInOrder.class)
    public static class WhileTheLoopTurns {

        /** Hands four callbacks in. */
        @Actor
        public void submitter(Scene scene) {
            scene.submit(1, 2);
            scene.submit(3, 4);
        }

        /** Runs some. */
        @Actor
        public void loop(Scene scene) {
            scene.turn();
            scene.turn();
        }

        /** Runs what is left. */
        @Arbiter
        public void end(Scene scene, IL_Result result) {
            scene.end(result);
        }
    }

    /** {@link WhileTheLoopTurns} with an inbox that races. */
    @JCStressTest
    @JCStressMeta(AllRunInOrder.class)
    public static class WhileTheLoopTurnsTwin {

        /** Hands four callbacks in. */
        @Actor
        public void submitter(RacyScene scene) {
            scene.submit(1, 2);
            scene.submit(3, 4);
        }

        /** Runs some. */
        @Actor
        public void loop(RacyScene scene) {
            scene.turn();
            scene.turn();
        }

        /** Runs what is left. */
        @Arbiter
        public void end(RacyScene scene, IL_Result result) {
            scene.end(result);
        }
    }
}
