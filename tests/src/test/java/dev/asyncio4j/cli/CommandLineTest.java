package dev.asyncio4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher answers to a command line that names no program. */
@Tag("native") // says nothing about the runtimes
class CommandLineTest {

    @TempDir
    Path folder;

    @Test
    void help_always_listsTheCommands() throws Exception {
        var outcome = launch("--help");
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out()).startsWith("Usage: asyncio").contains("run  ");
        assertThat(outcome.err()).isEmpty();
    }

    @Test
    void helpOfRun_always_showsItsOptions() throws Exception {
        var outcome = launch("run", "--help");
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out()).startsWith("Usage: asyncio run").contains("--class-path", "--no-cache");
    }

    @Test
    void version_always_namesTheBuildAndWhatItRunsOn() throws Exception {
        var outcome = launch("--version");
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out())
                .containsPattern("asyncio4j +\\d+\\.\\d+")
                .containsPattern("JDK +" + Runtime.version().feature())
                .containsPattern("runtime +native")
                .containsPattern("transport +[a-z]+");
    }

    @Test
    void noCommand_isAnErrorOfUsageAndListsThem() throws Exception {
        assertUsageError(launch(), "asyncio: No command was given.\nCommands:\n  run ");
        assertThat(launch().err()).contains("  help     ").doesNotContain("%n");
    }

    @Test
    void unknownCommand_isNamed() throws Exception {
        assertUsageError(launch("fly", "away"), "asyncio: There is no command 'fly'.\n");
    }

    @Test
    void unknownOption_isNamed() throws Exception {
        assertUsageError(launch("--fly"), "asyncio: There is no option '--fly'.\n");
    }

    @Test
    void fileInsteadOfACommand_isToldWhatToWrite() throws Exception {
        assertUsageError(
                launch("Hello.java"), "asyncio: There is no command 'Hello.java'. To run that program: asyncio run");
    }

    @Test
    void runWithoutAFile_isToldWhatIsMissing() throws Exception {
        assertUsageError(launch("run"), "asyncio: Missing required parameter: 'FILE.java'\nUsage: asyncio run");
    }

    private static void assertUsageError(LauncherProcess.Outcome outcome, String message) {
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).startsWith(message).doesNotContain("Exception");
        assertThat(outcome.out()).isEmpty();
    }

    private LauncherProcess.Outcome launch(String... arguments) throws Exception {
        return new LauncherProcess(folder).launch(arguments);
    }
}
