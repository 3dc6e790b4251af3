package dev.asyncio4j.tests.planted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every fault of {@code tests/planted/violations.txt}, planted into core, makes the test fail that is named beside it.
 *
 * <p>{@code -Dplanted.only=TG-,LOOP-6} plants those whose titles have one of these in them.
 */
class PlantedViolationsTest {

    private static final List<String> ONLY =
            List.of(System.getProperty("planted.only", "").split(",", -1));

    /** Fewer would prove little of core. */
    private static final int AT_LEAST = 60;

    /** Far more than a test class takes. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private List<Violation> violations;

    private enum Fate {
        CAUGHT,
        HUNG,
        SURVIVED
    }

    private record Verdict(Violation violation, Fate fate, String firstFailure) {

        String line() {
            return "%-8s %s  [%s]"
                    .formatted(fate.name().toLowerCase(java.util.Locale.ROOT), violation.title(), firstFailure);
        }
    }

    @BeforeEach
    void readList() throws IOException {
        violations = Violation.all().stream()
                .filter(violation -> ONLY.stream().anyMatch(violation.title()::contains))
                .toList();
    }

    /** In every build, so that who changes a line of core learns at once that a fault was to be planted there. */
    @Test
    void everyPlace_whereAFaultIsToBePlanted_isThere() throws IOException {
        List<Violation> all = Violation.all();
        assertThat(all).hasSizeGreaterThanOrEqualTo(AT_LEAST).doesNotHaveDuplicates();
        for (Violation violation : all) {
            assertThat(violation.plantedSource()).isNotEmpty();
        }
    }

    /** In every build, so that a test that is renamed is named anew in the list. */
    @Test
    void everyTest_namedInTheList_isThere() throws ClassNotFoundException, IOException {
        for (Violation violation : Violation.all()) {
            assertThat(Class.forName(violation.test())).isNotNull();
        }
    }

    /** A class that is not there fails to be found: that must not count as a fault that was caught. */
    @Test
    @Tag("native")
    @Tag("deep")
    void trial_byAClassThatIsNotThere_isNoTrial() throws IOException, InterruptedException {
        var missing = new Child(List.of(), "dev.asyncio4j.tests.NoSuchTest").run(LIMIT);
        assertThat(missing.exitCode()).as(missing.err()).isEqualTo(PlantedRunner.NOT_TRIED);
    }

    @Test
    @Tag("native")
    @Tag("deep")
    void namedTests_withoutAFault_pass() throws IOException, InterruptedException {
        String[] classes = violations.stream().map(Violation::test).distinct().toArray(String[]::new);
        var child = new Child(List.of(), classes).run(LIMIT.multipliedBy(4));
        assertThat(child.exitCode()).as(child.out()).isEqualTo(PlantedRunner.PASSED);
        System.out.printf(
                "without a fault: %s tests of %d classes pass%n", child.out().strip(), classes.length);
    }

    @Test
    @Tag("native")
    @Tag("deep")
    @Timeout(value = 60, unit = TimeUnit.MINUTES)
    void everyFault_planted_failsTheTestNamedBesideIt() throws IOException, InterruptedException {
        var verdicts = new ArrayList<Verdict>();
        for (Violation violation : violations) {
            verdicts.add(plant(violation, folder.resolve("planted-" + verdicts.size())));
            System.out.println(verdicts.getLast().line());
        }
        var survivors = verdicts.stream()
                .filter(verdict -> verdict.fate() == Fate.SURVIVED)
                .toList();
        long hung =
                verdicts.stream().filter(verdict -> verdict.fate() == Fate.HUNG).count();
        System.out.printf(
                "%d planted, %d caught%s%n",
                verdicts.size(), verdicts.size() - survivors.size(), hung == 0 ? "" : ", " + hung + " by hanging");
        assertThat(survivors.stream().map(Verdict::line))
                .as("no test finds these")
                .isEmpty();
    }

    private static Verdict plant(Violation violation, Path classes) throws IOException, InterruptedException {
        compile(violation, classes);
        var options = List.of("-Dparity.only=" + violation.scenarios());
        Child.Outcome outcome = new Child(options, violation.test())
                .withFirstOnClassPath(classes)
                .run(LIMIT);
        String said = outcome.out().lines().reduce((_, last) -> last).orElse("");
        if (outcome.err().contains("LinkageError")) {
            throw noFairTrial(violation, outcome);
        }
        Fate fate = switch (outcome.exitCode()) {
            case PlantedRunner.PASSED -> Fate.SURVIVED;
            case PlantedRunner.FAILED -> Fate.CAUGHT;
            case Child.STILL_RUNNING -> Fate.HUNG;
            default -> throw noFairTrial(violation, outcome);
        };
        return new Verdict(violation, fate, said.length() > 100 ? said.substring(0, 100) + "…" : said);
    }

    private static AssertionError noFairTrial(Violation violation, Child.Outcome outcome) {
        return new AssertionError("no fair trial of " + violation.title() + ": the tests ended with "
                + outcome.exitCode() + "\n" + outcome.out() + outcome.err());
    }

    /** Compiles the one file against core as it is; without the gates, since a fault may break them. */
    private static void compile(Violation violation, Path classes) throws IOException {
        Files.createDirectories(classes);
        var compiler = ToolProvider.getSystemJavaCompiler();
        var messages = new java.io.StringWriter();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            var options = List.of("-d", classes.toString(), "-cp", Child.CLASS_PATH, "-proc:none", "-nowarn");
            var source = new Source(violation);
            if (!compiler.getTask(messages, files, null, options, null, List.of(source))
                    .call()) {
                throw new AssertionError(violation.title() + " does not compile:\n" + messages);
            }
        }
    }

    private static final class Source extends SimpleJavaFileObject {

        private final String text;

        Source(Violation violation) throws IOException {
            super(uri(violation), JavaFileObject.Kind.SOURCE);
            this.text = violation.plantedSource();
        }

        private static URI uri(Violation violation) {
            try {
                return new URI("planted", null, "/dev/asyncio4j/" + violation.file(), null);
            } catch (URISyntaxException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    /** Runs tests in a process of its own, on the native runtime. */
    private static final class Child {

        static final String CLASS_PATH = System.getProperty("java.class.path");
        static final int STILL_RUNNING = -1;

        private final List<String> options;
        private final List<String> classes;
        private String classPath = CLASS_PATH;

        /** What came of it. */
        record Outcome(int exitCode, String out, String err) {}

        Child(List<String> options, String... classes) {
            this.options = options;
            this.classes = List.of(classes);
        }

        Child withFirstOnClassPath(Path first) {
            classPath = first + File.pathSeparator + CLASS_PATH;
            return this;
        }

        Outcome run(Duration limit) throws IOException, InterruptedException {
            Path out = Files.createTempFile("planted", ".out");
            Path err = Files.createTempFile("planted", ".err");
            try {
                Process process = new ProcessBuilder(command())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start();
                boolean ended = process.waitFor(limit);
                if (!ended) {
                    process.destroyForcibly().waitFor();
                }
                return new Outcome(
                        ended ? process.exitValue() : STILL_RUNNING, Files.readString(out), Files.readString(err));
            } finally {
                Files.delete(out);
                Files.delete(err);
            }
        }

        private List<String> command() {
            var command = new ArrayList<String>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
            command.addAll(List.of("--add-opens=java.base/java.lang=ALL-UNNAMED"));
            command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-Dasyncio4j.runtime=native"));
            command.add("-Dasyncio4j.root=" + Violation.ROOT);
            command.addAll(options);
            command.addAll(List.of("-cp", classPath, PlantedRunner.class.getName()));
            command.addAll(classes);
            return command;
        }
    }
}
