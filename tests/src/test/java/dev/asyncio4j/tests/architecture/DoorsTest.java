package dev.asyncio4j.tests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Time, chance and waiting enter by a door, so that a test can put virtual ones in. These are the doors. */
class DoorsTest {

    private static final Set<String> DOORS = Set.of(
            "dev.asyncio4j.spi.Clock",
            // Runs before any loop and looks at the JDK itself: nothing here could be virtual.
            "dev.asyncio4j.internal.coroutine.NativeProbe",
            // Watches real threads from outside.
            "dev.asyncio4j.internal.coroutine.Watchdog",
            // Waits for channels on a thread of its own; the loop hears of it as of any other thread.
            "dev.asyncio4j.net.internal.Readiness",
            // Chance by a seed that the test names.
            "dev.asyncio4j.testing.Seed",
            "dev.asyncio4j.testing.net.MemoryNetwork");

    private static final Set<String> FORBIDDEN = Set.of(
            "java.lang.System.nanoTime",
            "java.lang.System.currentTimeMillis",
            "java.lang.Thread.sleep",
            "java.lang.Math.random",
            "java.util.Random.<init>",
            "java.util.SplittableRandom.<init>",
            "java.util.concurrent.ThreadLocalRandom.current",
            "java.util.random.RandomGenerator.of",
            "java.util.random.RandomGenerator.getDefault",
            "java.time.Instant.now",
            "java.time.Clock.systemUTC",
            "java.time.Clock.systemDefaultZone",
            "java.nio.channels.Selector.open",
            // Ours are called await, signal and signalAll; Object's need a monitor that the loop must not hold.
            "java.lang.Object.wait",
            "java.lang.Object.notify",
            "java.lang.Object.notifyAll");

    @Test
    void everyClass_outsideTheDoors_readsNoClockAndRollsNoDice() {
        assertThat(violations(Product.classes())).isEmpty();
    }

    @Test
    void violations_callMethodReferenceAndConstructor_areAllSeen() {
        var planted = new ClassFileImporter().importClass(ReadsTheClock.class);
        assertThat(violations(List.of(planted)))
                .hasSize(3)
                .anyMatch(line -> line.contains("System.nanoTime"))
                .anyMatch(line -> line.contains("System.currentTimeMillis"))
                .anyMatch(line -> line.contains("java.util.Random.<init>"));
    }

    private static List<String> violations(Collection<JavaClass> classes) {
        return classes.stream()
                .filter(type -> !DOORS.contains(outermost(type).getName()))
                .flatMap(DoorsTest::accesses)
                .filter(access -> FORBIDDEN.contains(target(access)))
                .map(access -> target(access) + ", which is for the doors only: " + access.getDescription())
                .toList();
    }

    private static Stream<JavaAccess<?>> accesses(JavaClass type) {
        return type.getAccessesFromSelf().stream();
    }

    private static String target(JavaAccess<?> access) {
        return access.getTargetOwner().getName() + "." + access.getTarget().getName();
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(DoorsTest::outermost).orElse(type);
    }

    /** A violation, kept to show that it is seen. */
    @SuppressWarnings("unused")
    private static final class ReadsTheClock {
        final LongSupplier byReference = System::nanoTime;
        final Random dice = new Random();

        long now() {
            return System.currentTimeMillis();
        }
    }
}
