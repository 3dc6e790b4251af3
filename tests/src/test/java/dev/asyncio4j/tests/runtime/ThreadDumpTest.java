package dev.asyncio4j.tests.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import dev.asyncio4j.Asyncio;
import dev.asyncio4j.Future;
import dev.asyncio4j.Task;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a thread dump, as {@code jcmd Thread.dump_to_file} writes it, tells of a loop's coroutines. */
@Tag("native")
class ThreadDumpTest {

    private static final int STAYING = 40;
    private static final int GOING = 300;
    private static final int WAVES = 10;

    private static final String EXPORT = "--add-exports=java.base/jdk.internal.vm=ALL-UNNAMED";

    @TempDir
    private Path folder;

    @Test
    void dump_ofALoop_listsItsCoroutinesUnderIt() throws Exception {
        var outcome = dumpingProgram().withOption(EXPORT).run();

        assertThat(outcome.out()).as(outcome.err()).matches("asyncio4j loop of \\S+ lists 3\n");
    }

    @Test
    void dump_withoutTheExport_listsTheCoroutinesAmongAllThreads() throws Exception {
        var outcome = dumpingProgram().run();

        assertThat(outcome.out()).as(outcome.err()).isEqualTo("<root> lists 3\n");
    }

    private ChildJvm dumpingProgram() {
        return ChildJvm.of(DumpsItself.class).withOption("-Ddump=" + folder.resolve("dump.json"));
    }

    /** Who came last takes the seats of those who go, while the list is being read. */
    @Test
    void list_whileOthersGo_hasEachThatStaysOnce() throws Exception {
        Asyncio.run(() -> {
            var random = new Random(7);
            for (int i = 0; i < WAVES; i++) {
                lookWhileOthersGo(random);
            }
        });
    }

    private static void lookWhileOthersGo(Random random) throws ReflectiveOperationException {
        var going = go(random);
        var threads = new HashSet<Thread>();
        var release = Asyncio.getRunningLoop().<Void>createFuture();
        var staying = stay(STAYING, threads, release);
        Asyncio.sleep(Duration.ZERO);
        assertThat(threads).hasSize(STAYING);

        while (!going.stream().allMatch(Task::done)) {
            assertThat(Asyncio.toThread(ThreadDumpTest::listedThreads))
                    .doesNotHaveDuplicates()
                    .containsAll(threads);
        }
        release.setResult(null);
        Asyncio.gather(staying);
    }

    /** They end in another order than they began in. */
    private static List<Task<Void>> go(Random random) {
        var going = new ArrayList<Task<Void>>();
        for (int i = 0; i < GOING; i++) {
            int steps = random.nextInt(2 * GOING);
            going.add(Asyncio.createTask(() -> step(steps)));
        }
        return going;
    }

    private static void step(int times) {
        for (int i = 0; i < times; i++) {
            Asyncio.sleep(Duration.ZERO);
        }
    }

    private static List<Task<Void>> stay(int count, Set<Thread> threads, Future<Void> release) {
        var staying = new ArrayList<Task<Void>>();
        for (int i = 0; i < count; i++) {
            staying.add(Asyncio.createTask(() -> staysHere(threads, release)));
        }
        return staying;
    }

    private static void staysHere(Set<Thread> threads, Future<Void> release) {
        threads.add(Thread.currentThread());
        release.await();
    }

    /** What the JDK finds when it is asked for the threads of running loops. */
    private static List<Thread> listedThreads() throws ReflectiveOperationException {
        Class<?> container = Class.forName("jdk.internal.vm.ThreadContainer");
        Object root = Class.forName("jdk.internal.vm.ThreadContainers")
                .getMethod("root")
                .invoke(null);
        var found = new ArrayList<Thread>();
        for (Object child : ((Stream<?>) container.getMethod("children").invoke(root)).toList()) {
            if (container.getMethod("name").invoke(child).toString().startsWith("asyncio4j loop of ")) {
                ((Stream<?>) container.getMethod("threads").invoke(child))
                        .forEach(thread -> found.add((Thread) thread));
            }
        }
        return found;
    }

    /** Prints which container lists its three tasks, while all of them wait: the JDK may crash where threads switch. */
    static final class DumpsItself {

        private DumpsItself() {}

        public static void main(String[] arguments) throws IOException {
            Asyncio.run(() -> {
                var release = Asyncio.getRunningLoop().<Void>createFuture();
                var waiting = stay(3, new HashSet<>(), release);
                print(Asyncio.toThread(() -> dump(Path.of(System.getProperty("dump")))));
                release.setResult(null);
                Asyncio.gather(waiting);
            });
        }

        private static String dump(Path file) throws IOException {
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                    .dumpThreads(file.toString(), ThreadDumpFormat.JSON);
            return Files.readString(file);
        }

        private static void print(String dump) {
            for (var container : List.of(dump.split("\"container\": \"", -1))) {
                long tasks = Pattern.compile("staysHere")
                        .matcher(container)
                        .results()
                        .count();
                if (tasks > 0) {
                    System.out.println(container.replaceFirst("[/\"][\\s\\S]*", "") + " lists " + tasks);
                }
            }
        }
    }
}
