package dev.asyncio4j.cli.program;

import dev.asyncio4j.ExitError;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Runs a program from its source file, in this JVM. */
public final class Launcher {

    /** Has SIGTERM cancel the main task: see {@link dev.asyncio4j.Runner}. */
    private static final String CANCEL_ON_TERM = "asyncio4j.cancelOnTerm";

    private Launcher() {}

    /**
     * Runs a program. Returns when its main method does; threads it has left keep the JVM alive, as with any program. A
     * program that cannot be started is explained on stderr and ends the process; so does, without a word, an
     * {@link ExitError}, which Ctrl-C is too.
     *
     * @param launch what is to be run
     * @throws Throwable what the main method throws, its stack trace ending where the program's own frames do
     */
    public static void launch(Launch launch) throws Throwable {
        try {
            var main = prepare(launch);
            System.setIn(new LoopFriendlyInput(System.in));
            System.getProperties().putIfAbsent(CANCEL_ON_TERM, "true");
            main.call(launch.arguments());
        } catch (LaunchException explained) {
            System.err.println(explained.getMessage());
            System.exit(explained.exitCode());
        } catch (ExitError asked) {
            System.exit(asked.code());
        } catch (Throwable thrown) {
            StackTraces.cutLauncher(thrown);
            throw thrown;
        }
    }

    private static MainMethod prepare(Launch launch) throws LaunchException, IOException, ClassNotFoundException {
        var file = existing(launch.file());
        var classPath = classPath(launch);
        var compiler = new Compiler(classPath);
        var program = program(file, launch, classPath, compiler);
        var loader = new ProgramLoader(parent(launch), file, program, compiler);
        Thread.currentThread().setContextClassLoader(loader);
        return MainMethod.of(loader.loadClass(program.mainClass()));
    }

    private static Path existing(String name) throws LaunchException {
        var file = Path.of(name);
        if (!Files.exists(file)) {
            throw new LaunchException(LaunchException.USAGE, "asyncio: there is no file " + name);
        }
        if (!name.endsWith(Sources.SUFFIX) || Files.isDirectory(file)) {
            throw new LaunchException(LaunchException.USAGE, "asyncio: this is not a .java file: " + name);
        }
        return file;
    }

    private static Program program(Path file, Launch launch, String classPath, Compiler compiler)
            throws LaunchException, IOException {
        if (!launch.useCache()) {
            return compiler.compile(file).program();
        }
        var cache = new ProgramCache(ProgramCache.userFolder(), Fingerprint.of(classPath), ProgramCache.MAX_BYTES);
        var kept = cache.find(file);
        if (kept != null) {
            return kept;
        }
        var compilation = compiler.compile(file);
        cache.store(file, compilation);
        return compilation.program();
    }

    private static String classPath(Launch launch) {
        var own = System.getProperty("java.class.path");
        return launch.extraClassPath().isEmpty()
                ? own
                : own
                        + File.pathSeparator
                        + launch.extraClassPath().stream()
                                .map(Path::toString)
                                .collect(Collectors.joining(File.pathSeparator));
    }

    private static ClassLoader parent(Launch launch) throws MalformedURLException {
        var own = ClassLoader.getSystemClassLoader();
        return launch.extraClassPath().isEmpty() ? own : new URLClassLoader(urls(launch.extraClassPath()), own);
    }

    private static URL[] urls(List<Path> classPath) throws MalformedURLException {
        var urls = new URL[classPath.size()];
        for (var i = 0; i < urls.length; i++) {
            urls[i] = classPath.get(i).toUri().toURL();
        }
        return urls;
    }
}
