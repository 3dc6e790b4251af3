package dev.asyncio4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program is compiled once; after that only when something has changed, and the cache is never in the way. */
@Tag("native") // the launcher has one way to start a program, whatever runtime this suite is on
class ProgramCacheRunTest {

    @TempDir
    Path folder;

    private LauncherProcess launcher;

    @BeforeEach
    void createLauncher() throws IOException {
        launcher = new LauncherProcess(folder).file("Hello.java", program("one"));
    }

    @Test
    void secondRun_nothingChanged_takesTheKeptClasses() throws Exception {
        assertThat(run()).isEqualTo("one\n");
        var kept = identityOfEntry();
        assertThat(run()).isEqualTo("one\n");
        assertThat(identityOfEntry()).isEqualTo(kept);
    }

    @Test
    void secondRun_sourceChanged_compilesAgain() throws Exception {
        run();
        launcher.file("Hello.java", program("two"));
        assertThat(run()).isEqualTo("two\n");
        assertThat(launcher.cached()).hasSize(1);
    }

    @Test
    void secondRun_neighbourChanged_compilesAgain() throws Exception {
        launcher.file("Hello.java", "void main() { IO.println(Part.NAME); }").file("Part.java", part("old"));
        assertThat(run()).isEqualTo("old\n");
        launcher.file("Part.java", part("new"));
        assertThat(run()).isEqualTo("new\n");
    }

    @Test
    void secondRun_neighbourDeleted_isACompileError() throws Exception {
        launcher.file("Hello.java", "void main() { IO.println(Part.NAME); }").file("Part.java", part("old"));
        run();
        Files.delete(folder.resolve("Part.java"));
        var outcome = launcher.launch("run", "Hello.java");
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).startsWith("Hello.java:1: error: cannot find symbol");
    }

    @Test
    void secondRun_neighbourAppearedThatHidesAnImportedClass_compilesAgain() throws Exception {
        launcher.file("Hello.java", "import java.util.*;\nvoid main() { IO.println(Optional.empty()); }");
        assertThat(run()).isEqualTo("Optional.empty\n");
        launcher.file("Optional.java", "class Optional { static String empty() { return \"mine\"; } }");
        assertThat(run()).isEqualTo("mine\n");
    }

    @Test
    void secondRun_strangerAppeared_takesTheKeptClasses() throws Exception {
        run();
        var kept = identityOfEntry();
        launcher.file("Stranger.java", "not even Java");
        assertThat(run()).isEqualTo("one\n");
        assertThat(identityOfEntry()).isEqualTo(kept);
    }

    @Test
    void entry_damaged_isCompiledAgainAndReplaced() throws Exception {
        run();
        var entry = launcher.cached().getFirst();
        var good = Files.readAllBytes(entry);
        var bad = good.clone();
        bad[good.length / 2] ^= 1;
        Files.write(entry, bad);
        assertThat(run()).isEqualTo("one\n");
        assertThat(entry).hasBinaryContent(good);
    }

    @Test
    void cacheFolder_notWritable_runsAllTheSame() throws Exception {
        launcher.file("occupied", "a file where a folder should be");
        launcher.withCache(folder.resolve("occupied").toString());
        assertThat(launcher.launch("run", "Hello.java")).isEqualTo(new LauncherProcess.Outcome(0, "one\n", ""));
    }

    @Test
    void cacheFolder_isTheUsersOnly() throws Exception {
        run();
        var place = Objects.requireNonNull(launcher.cached().getFirst().getParent());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(place)))
                .isEqualTo("rwx------");
    }

    @Test
    void manyAtOnce_ofOneProgram_allRunAndLeaveOneEntry() throws Exception {
        var running = new ArrayList<LauncherProcess.Running>();
        for (var i = 0; i < 4; i++) {
            running.add(launcher.start("run", "Hello.java"));
        }
        for (var each : running) {
            assertThat(each.join()).isEqualTo(new LauncherProcess.Outcome(0, "one\n", ""));
        }
        assertThat(launcher.cached()).hasSize(1);
    }

    private String run() throws Exception {
        var outcome = launcher.launch("run", "Hello.java");
        assertThat(outcome.err()).isEmpty();
        return outcome.out();
    }

    /* An entry is replaced by renaming a new file, never written into: the same file means that nobody compiled. */
    private Object identityOfEntry() throws IOException {
        assertThat(launcher.cached()).hasSize(1);
        return Objects.requireNonNull(Files.readAttributes(launcher.cached().getFirst(), BasicFileAttributes.class)
                .fileKey());
    }

    private static String program(String word) {
        return "void main() { IO.println(\"" + word + "\"); }";
    }

    private static String part(String name) {
        return "class Part { static final String NAME = \"" + name + "\"; }";
    }
}
