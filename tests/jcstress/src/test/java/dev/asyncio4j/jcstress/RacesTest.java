package dev.asyncio4j.jcstress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Runs every race of this module under jcstress: none shows what is forbidden, and each twin, in which the same thing is done
 * wrong, does.
 */
class RacesTest {

    private static final Path FOLDER = Path.of(System.getProperty("jcstress.folder"));
    private static final long MOST_SECONDS = 900;
    private static final int RACES = 9;

    private static Process process;
    private static Report report;

    @BeforeAll
    static void runAll() throws IOException, InterruptedException {
        Files.createDirectories(FOLDER);
        Path output = FOLDER.resolve("output.txt");
        process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "org.openjdk.jcstress.Main",
                        "-v",
                        "-f",
                        "1",
                        "-iters",
                        "3",
                        "-time",
                        System.getProperty("jcstress.time"),
                        "-sc",
                        "false",
                        "-r",
                        "results",
                        "-jvmArgs",
                        System.getProperty("jcstress.flags"))
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(MOST_SECONDS, TimeUnit.SECONDS))
                .as("jcstress ends within %d seconds; see %s", MOST_SECONDS, output)
                .isTrue();
        report = Report.of(Files.readAllLines(output));
        report.names().forEach(RacesTest::print);
    }

    /** The harness has processes of its own: none is to outlive this. */
    @AfterAll
    static void endAll() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private static void print(String test) {
        System.out.printf(
                "jcstress: %-42s %,12d samples, %,d forbidden%n", test, report.samples(test), report.forbidden(test));
    }

    private static boolean isTwin(String test) {
        return test.endsWith("Twin");
    }

    @Test
    void everyRace_hasItsTwin_andRan() {
        List<String> races =
                report.names().stream().filter(test -> !isTwin(test)).toList();
        assertThat(races).hasSize(RACES).allSatisfy(race -> {
            assertThat(report.names()).contains(race + "Twin");
            assertThat(report.samples(race)).isGreaterThan(1_000);
        });
    }

    @Test
    void noRace_showsWhatIsForbidden() {
        assertThat(report.names())
                .filteredOn(test -> !isTwin(test))
                .allSatisfy(race -> assertThat(report.forbidden(race)).as(race).isZero());
    }

    @Test
    void everyTwin_showsWhatIsForbidden() {
        assertThat(report.names())
                .filteredOn(RacesTest::isTwin)
                .allSatisfy(twin -> assertThat(report.forbidden(twin)).as(twin).isPositive());
    }
}
