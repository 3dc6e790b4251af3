package dev.asyncio4j.jcstress;

import dev.asyncio4j.BaseEventLoop;
import dev.asyncio4j.LoopOptions;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** A loop that goes to sleep while something is handed in wakes up. */
public class Wakeups {

    /** What may come of it. */
    @Outcome(id = "woke", expect = Expect.ACCEPTABLE, desc = "the loop slept as long as it should, if at all")
    @Outcome(expect = Expect.FORBIDDEN, desc = "the loop slept on though something had been handed in")
    public interface Woken {}

    /** A loop with nothing to do. */
    @State
    public static class Scene {

        private final Loops.Parking driver;
        private final BaseEventLoop loop;

        /** Makes a loop that is woken as it should be. */
        public Scene() {
            this(new Loops.Parking());
        }

        Scene(Loops.Parking driver) {
            this.driver = driver;
            this.loop = new BaseEventLoop(LoopOptions.DEFAULT.withDriver(driver));
        }

        void sleepUntilStopped(L_Result result) {
            loop.runForever();
            loop.close();
            result.r1 = driver.overslept ? "overslept" : "woke";
        }

        void stop() {
            loop.callSoonThreadsafe(loop::stop);
        }
    }

    /** Its driver forgets a wake-up that comes just before it sleeps. */
    @State
    public static class ForgetfulScene extends Scene {

        /** Makes the loop. */
        public ForgetfulScene() {
            super(new Loops.Parking() {
                @Override
                void beforeSleep() {
                    Loops.dawdle();
                    woken = false;
                }
            });
        }
    }

    /** The loop goes to sleep while another thread has it stopped. */
    @JCStressTest
    @JCStressMeta(Woken.class)
    public static class StopWhileGoingToSleep {

        /** Sleeps. */
        @Actor
        public void loop(Scene scene, L_Result result) {
            scene.sleepUntilStopped(result);
        }

        /** Wakes. */
        @Actor
        public void waker(Scene scene) {
            scene.stop();
        }
    }

    /** {@link StopWhileGoingToSleep} with a driver that forgets. */
    @JCStressTest
    @JCStressMeta(Woken.class)
    public static class StopWhileGoingToSleepTwin {

        /** Sleeps. */
        @Actor
        public void loop(ForgetfulScene scene, L_Result result) {
            scene.sleepUntilStopped(result);
        }

        /** Wakes. */
        @Actor
        public void waker(ForgetfulScene scene) {
            scene.stop();
        }
    }
}
