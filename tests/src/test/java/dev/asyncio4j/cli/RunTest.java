package dev.asyncio4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program run from its source file is a program like any other: its arguments, streams and exit code are its own. */
@Tag("native") // the launcher has one way to start a program, whatever runtime this suite is on
class RunTest {

    @TempDir
    Path folder;

    private LauncherProcess launcher;

    @BeforeEach
    void createLauncher() {
        launcher = new LauncherProcess(folder);
    }

    @Test
    void run_compactSource_getsArgumentsAndEndsWithZero() throws Exception {
        launcher.file("Hello.java", """
                void main(String[] args) {
                    IO.println("hello " + String.join("|", args));
                }
                """);
        var outcome = launcher.launch("run", "Hello.java", "a b", "--help", "-x", "@file", "");
        assertThat(outcome).isEqualTo(new LauncherProcess.Outcome(0, "hello a b|--help|-x|@file|\n", ""));
    }

    @Test
    void run_classWithStaticMain_runsThatOfTheFirstClass() throws Exception {
        launcher.file("Two.java", """
                public class Two {
                    public static void main(String[] args) { System.out.println("first, " + args.length); }
                }
                class Other {
                    public static void main(String[] args) { System.out.println("second"); }
                }
                """);
        assertThat(launcher.launch("run", "Two.java").out()).isEqualTo("first, 0\n");
    }

    @Test
    void run_instanceMainOfASuperclass_isCalledOnANewObject() throws Exception {
        launcher.file("Child.java", """
                class Child extends Parent { String name() { return "child"; } }
                abstract class Parent {
                    abstract String name();
                    protected void main() { System.out.println(name()); }
                }
                """);
        assertThat(launcher.launch("run", "Child.java").out()).isEqualTo("child\n");
    }

    @Test
    void run_mainWithAndWithoutParameter_callsTheOneWith() throws Exception {
        launcher.file("Both.java", """
                void main() { IO.println("without"); }
                void main(String[] args) { IO.println("with"); }
                """);
        assertThat(launcher.launch("run", "Both.java").out()).isEqualTo("with\n");
    }

    @Test
    void run_optionsBeforeTheFile_areTheLaunchersAndThoseBehindTheProgram() throws Exception {
        launcher.file("Args.java", "void main(String[] args) { IO.println(String.join(\" \", args)); }");
        var outcome = launcher.launch("run", "--no-cache", "Args.java", "--no-cache", "--help", "x");
        assertThat(outcome).isEqualTo(new LauncherProcess.Outcome(0, "--no-cache --help x\n", ""));
        assertThat(folder.resolve("cache")).doesNotExist();
    }

    @Test
    void run_waitAndNotifyOfOurTypes_areErrorsThatNameWhatIsMeant() throws Exception {
        launcher.file("Monitors.java", """
                import dev.asyncio4j.*;
                import dev.asyncio4j.sync.*;
                void main() throws Exception {
                    new Event().wait();
                    var condition = new Condition();
                    Runnable later = () -> condition.notifyAll();
                    synchronized (this) { this.notify(); }
                }
                """);
        var outcome = launcher.launch("run", "Monitors.java");
        assertThat(outcome.exitCode()).isNotZero();
        assertThat(outcome.err())
                .contains("Monitors.java:4: error: wait() is Object's", "await()")
                .contains("Monitors.java:6: error: notifyAll() is Object's", "signalAll()")
                .contains("2 errors")
                .doesNotContain("notify()");
    }

    @Test
    void run_standardStreams_areTheProgramsOwn() throws Exception {
        launcher.file("Upper.java", """
                void main() throws Exception {
                    var first = IO.readln();
                    var rest = new String(System.in.readAllBytes());
                    System.err.print("read " + rest.length());
                    System.out.print(first.toUpperCase());
                }
                """);
        var outcome = launcher.withInput("one\n").launch("run", "Upper.java");
        assertThat(outcome).isEqualTo(new LauncherProcess.Outcome(0, "ONE", "read 0"));
    }

    @Test
    void run_systemExit_givesItsCode() throws Exception {
        launcher.file("Exit.java", "void main() { IO.println(\"before\"); System.exit(7); }");
        assertThat(launcher.launch("run", "Exit.java")).isEqualTo(new LauncherProcess.Outcome(7, "before\n", ""));
    }

    @Test
    void run_uncaughtException_printsTheProgramsFramesOnly() throws Exception {
        launcher.file("Boom.java", """
                void main() {
                    try {
                        fail("inner");
                    } catch (IllegalStateException e) {
                        throw new IllegalArgumentException("outer", e);
                    }
                }
                void fail(String why) {
                    throw new IllegalStateException(why);
                }
                """);
        var outcome = launcher.launch("run", "Boom.java");
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).isEqualTo("""
                Exception in thread "main" java.lang.IllegalArgumentException: outer
                \tat Boom.main(Boom.java:5)
                Caused by: java.lang.IllegalStateException: inner
                \tat Boom.fail(Boom.java:9)
                \tat Boom.main(Boom.java:3)
                """);
    }

    @Test
    void run_exceptionInStaticInitializer_isReportedAsJavaDoes() throws Exception {
        launcher.file("Init.java", """
                class Init {
                    static final int N = Integer.parseInt("x");
                    public static void main(String[] args) {}
                }
                """);
        var outcome = launcher.launch("run", "Init.java");
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err())
                .startsWith("Exception in thread \"main\" java.lang.ExceptionInInitializerError\nCaused by:")
                .contains("at Init.<clinit>(Init.java:2)")
                .doesNotContain("dev.asyncio4j");
    }

    @Test
    void run_uncaughtExceptionHandlerOfTheProgram_isAsked() throws Exception {
        launcher.file("Handled.java", """
                void main() {
                    Thread.setDefaultUncaughtExceptionHandler((t, e) -> IO.println(t.getName() + " " + e.getMessage()));
                    throw new RuntimeException("seen");
                }
                """);
        assertThat(launcher.launch("run", "Handled.java")).isEqualTo(new LauncherProcess.Outcome(1, "main seen\n", ""));
    }

    @Test
    void run_mainReturnsBeforeItsThreads_waitsForThem() throws Exception {
        launcher.file("Left.java", """
                void main() {
                    var main = Thread.currentThread();
                    new Thread(() -> {
                        try { main.join(); } catch (InterruptedException e) { throw new RuntimeException(e); }
                        IO.println("after main");
                    }).start();
                }
                """);
        assertThat(launcher.launch("run", "Left.java").out()).isEqualTo("after main\n");
    }

    @Test
    void run_wrongSource_printsWhatJavacPrints() throws Exception {
        launcher.file("Wrong.java", """
                void main() {
                    int n = "one";
                }
                """);
        var outcome = launcher.launch("run", "Wrong.java");
        assertThat(outcome).isEqualTo(new LauncherProcess.Outcome(1, "", """
                Wrong.java:2: error: incompatible types: String cannot be converted to int
                    int n = "one";
                            ^
                1 error
                """));
    }

    @Test
    void run_sourceThatJavacOnlyWarnsOf_printsNothing() throws Exception {
        launcher.file("Raw.java", """
                import java.util.*;
                void main() { List list = new ArrayList(); list.add(new Date(0).getYear()); IO.println(list.size()); }
                """);
        assertThat(launcher.launch("run", "Raw.java")).isEqualTo(new LauncherProcess.Outcome(0, "1\n", ""));
    }

    @Test
    void run_wrongNeighbour_isNamedInTheError() throws Exception {
        launcher.file("Uses.java", "void main() { new Used(); }").file("Used.java", "class Used { Missing m; }");
        var outcome = launcher.launch("run", "Uses.java");
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains("Used.java:1: error: cannot find symbol");
    }

    @Test
    void run_classInANeighbouringFile_isCompiledToo() throws Exception {
        launcher.file("app/Main.java", "void main() { IO.println(new Part().name()); }")
                .file("app/Part.java", "class Part { String name() { return Other.NAME; } }")
                .file("app/Other.java", "class Other { static final String NAME = \"part of it\"; }");
        assertThat(launcher.launch("run", "app/Main.java").out()).isEqualTo("part of it\n");
    }

    @Test
    void run_classThatIsOnlyNamedAtRunTime_isCompiledWhenItIsAskedFor() throws Exception {
        launcher.file("Named.java", """
                void main(String[] args) throws Exception {
                    IO.println(Class.forName("Plugin$Inner").getDeclaredConstructor().newInstance());
                }
                """).file("Plugin.java", """
                        public class Plugin {
                            public static class Inner { public String toString() { return "plugged in"; } }
                        }
                        """);
        assertThat(launcher.launch("run", "Named.java")).isEqualTo(new LauncherProcess.Outcome(0, "plugged in\n", ""));
    }

    @Test
    void run_fileOfAPackage_findsTheOtherPackages() throws Exception {
        launcher.file("a/b/Start.java", """
                package a.b;
                import a.c.Far;
                class Start { static void main() { System.out.println(new Near().name() + Far.NAME); } }
                """)
                .file("a/b/Near.java", "package a.b; class Near { String name() { return \"near\"; } }")
                .file("a/c/Far.java", "package a.c; public class Far { public static final String NAME = \"far\"; }");
        assertThat(launcher.launch("run", "a/b/Start.java").out()).isEqualTo("nearfar\n");
    }

    @Test
    void run_classPathOption_addsToTheProgramsClassPath() throws Exception {
        launcher.file("lib/greeting.txt", "from the class path").file("Res.java", """
                void main() throws Exception {
                    var loader = Thread.currentThread().getContextClassLoader();
                    IO.println(new String(loader.getResourceAsStream("greeting.txt").readAllBytes()));
                }
                """);
        assertThat(launcher.launch("run", "--class-path", folder.resolve("lib").toString(), "Res.java")
                        .out())
                .isEqualTo("from the class path\n");
    }

    @Test
    void run_noMainMethod_saysSo() throws Exception {
        launcher.file("Not.java", "class Not { private static void main(String[] args) {} }");
        var outcome = launcher.launch("run", "Not.java");
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err())
                .startsWith("asyncio: the class Not has no main method.")
                .hasLineCount(1);
    }

    @Test
    void run_fileWithoutAClass_saysSo() throws Exception {
        launcher.file("Empty.java", "// nothing\n");
        var outcome = launcher.launch("run", "Empty.java");
        assertThat(outcome)
                .isEqualTo(
                        new LauncherProcess.Outcome(1, "", "Empty.java: error: no class is declared in this file\n"));
    }

    @Test
    void run_missingFile_isAnErrorOfUsage() throws Exception {
        assertThat(launcher.launch("run", "Nowhere.java"))
                .isEqualTo(new LauncherProcess.Outcome(2, "", "asyncio: there is no file Nowhere.java\n"));
    }

    @Test
    void run_fileOfAnotherKind_isAnErrorOfUsage() throws Exception {
        Files.createDirectory(folder.resolve("Folder.java"));
        for (var name : new String[] {"note.txt", "Folder.java"}) {
            launcher.file("note.txt", "");
            assertThat(launcher.launch("run", name))
                    .isEqualTo(new LauncherProcess.Outcome(2, "", "asyncio: this is not a .java file: " + name + "\n"));
        }
    }
}
