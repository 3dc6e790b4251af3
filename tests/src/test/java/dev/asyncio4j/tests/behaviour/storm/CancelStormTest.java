package dev.asyncio4j.tests.behaviour.storm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncio4j.tests.runtime.ChildJvm;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A million cancels over a hundred thousand tasks, in every kind of wait (CAN-1 to CAN-12). */
final class CancelStormTest {

    /**
     * In a process of its own, so that the figure is that of the storm and not of what the suite has left in the heap: with
     * the collector that copes best with many stacks, room for what is allocated between two collections, and pages that are
     * large and there from the start.
     */
    @Test
    @Tag("native")
    void aMillionCancels_overAHundredThousandTasks_loseNothing() throws IOException, InterruptedException {
        ChildJvm.Outcome outcome = ChildJvm.of(LargeCancelStorm.class)
                .withOption("-XX:TieredStopAtLevel=4")
                .withOption("-XX:+UseParallelGC")
                .withOption("-Xms4g")
                .withOption("-Xmx4g")
                .withOption("-Xmn3g")
                .withOption("-XX:+AlwaysPreTouch")
                .withOption("-XX:+UseTransparentHugePages")
                .withOption("--add-exports=java.base/jdk.internal.vm=ALL-UNNAMED")
                .withLimit(Duration.ofMinutes(4))
                .run();
        System.out.print(outcome.out());
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    }

    /** The same books on either runtime; smaller, since handing a baton costs more. */
    @Test
    void manyCancels_overManyTasks_loseNothing() {
        System.out.println(CancelStorm.small(42));
    }
}
