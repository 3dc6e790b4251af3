package dev.asyncio4j.tests.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.Task;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A name look-up, which no JDK can suspend, does not hold the loop. In children, since the JDK asks for a resolver once per
 * process.
 */
class NameLookupTest {

    @Tag("native")
    @Test
    void lookUp_ofAnUnknownHost_letsOthersRunMeanwhile() throws Exception {
        assertThat(run(UnknownHost.class)).isEqualTo("""
                        looks up
                        another runs
                        unknown
                        """);
    }

    /** The JDK holds a lock for the name while it asks; the second task must not meet it on the loop's thread. */
    @Test
    void lookUps_ofOneHostByManyTasks_allEnd() throws Exception {
        assertThat(run(SameHost.class)).isEqualTo("127.0.0.1\n".repeat(5));
    }

    /** As loggers do, which want to know the machine's name. */
    @Test
    void lookUp_inAStaticInitializer_findsWhatIsFoundElsewhere() throws Exception {
        assertThat(run(InStaticInitializer.class)).isEqualTo(run(WithoutLoop.class));
    }

    private String run(Class<?> program) throws Exception {
        var outcome = ChildJvm.of(program)
                .withOption("-Djava.net.preferIPv4Stack=true")
                .withLimit(Duration.ofSeconds(60))
                .run();
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        return outcome.out();
    }

    /** Looks a name up that does not exist, with another task ready. */
    static final class UnknownHost {

        private UnknownHost() {}

        public static void main(String[] arguments) {
            Asyncio.run(() -> {
                var lookUp = Asyncio.createTask(() -> {
                    System.out.println("looks up");
                    try {
                        System.out.println(InetAddress.getAllByName("unknown.invalid").length);
                    } catch (UnknownHostException e) {
                        System.out.println("unknown");
                    }
                });
                Asyncio.createTask(() -> System.out.println("another runs"));
                lookUp.await();
            });
        }
    }

    /** Looks one name up in several tasks at once. */
    static final class SameHost {

        private SameHost() {}

        public static void main(String[] arguments) {
            Asyncio.run(() -> {
                var lookUps = new ArrayList<Task<InetAddress>>();
                for (int i = 0; i < 5; i++) {
                    lookUps.add(Asyncio.createTask(() -> InetAddress.getByName("localhost")));
                }
                List<InetAddress> found = Asyncio.gather(lookUps);
                found.forEach(address -> System.out.println(address.getHostAddress()));
            });
        }
    }

    /** Looks the machine's own name up while a class is initialized, in a coroutine. */
    static final class InStaticInitializer {

        private InStaticInitializer() {}

        static final class Known {
            static final String ADDRESS = ownAddress();

            private Known() {}
        }

        public static void main(String[] arguments) {
            Asyncio.run(() -> System.out.println(Known.ADDRESS));
        }
    }

    /** Looks the machine's own name up without any loop. */
    static final class WithoutLoop {

        private WithoutLoop() {}

        public static void main(String[] arguments) {
            System.out.println(ownAddress());
        }
    }

    /** Whatever this machine calls itself: the answer counts, good or bad. */
    private static String ownAddress() {
        try {
            return InetAddress.getLocalHost().getHostAddress();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }
}
