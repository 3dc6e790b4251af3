package dev.asyncio4j.cli.program;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TaskEvent;
import com.sun.source.util.TaskListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** Compiles a source file, and those of its neighbours that it uses, into memory. */
final class Compiler {

    private static final List<String> OPTIONS = List.of(
            "-g",
            "-parameters",
            "-proc:none",
            "-implicit:class",
            "-Xlint:none",
            "-nowarn",
            "-XDsuppressNotes",
            "-encoding",
            "UTF-8");

    private final String classPath;

    Compiler(String classPath) {
        this.classPath = classPath;
    }

    /**
     * Compiles the program.
     *
     * @param file the main file, as the user wrote it: so it stands in error messages
     * @throws LaunchException if the source is wrong; the message is javac's
     */
    Compilation compile(Path file) throws LaunchException, IOException {
        var javac = ToolProvider.getSystemJavaCompiler();
        if (javac == null) {
            throw new LaunchException(
                    LaunchException.USAGE,
                    "asyncio: this Java has no compiler; set JAVA_HOME to a JDK: " + System.getProperty("java.home"));
        }
        var neighbours = Sources.neighbours(file);
        try (var files = javac.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8)) {
            var parsed = new ParsedSources(file, files);
            var classes = compile(javac, files, parsed, file);
            var program = new Program(parsed.mainClass(), parsed.root, classes);
            return new Compilation(program, parsed.sources, neighbours);
        }
    }

    private Map<String, byte[]> compile(
            JavaCompiler javac, StandardJavaFileManager files, ParsedSources parsed, Path file) throws LaunchException {
        var messages = new StringWriter(); // javac's own text is better than what its Diagnostic objects give
        var output = new ClassesInMemory(files);
        var options = new ArrayList<>(OPTIONS);
        options.addAll(List.of("-classpath", classPath, "-sourcepath", parsed.root.toString()));
        var task = (JavacTask) javac.getTask(messages, output, null, options, null, files.getJavaFileObjects(file));
        task.addTaskListener(parsed);
        task.addTaskListener(new MonitorCalls(task));
        if (!task.call()) {
            throw new LaunchException(
                    LaunchException.SOURCE, messages.toString().stripTrailing());
        }
        return output.classes();
    }

    /** Notes which sources javac reads, and tells it where the others of the main file's package lie. */
    private static final class ParsedSources implements TaskListener {

        final List<Compilation.Source> sources = new ArrayList<>();
        private final Path file;
        private final StandardJavaFileManager files;
        private @Nullable String mainClass;
        Path root;

        ParsedSources(Path file, StandardJavaFileManager files) {
            this.file = file;
            this.files = files;
            this.root = Sources.folder(file);
        }

        String mainClass() throws LaunchException {
            if (mainClass == null) {
                throw new LaunchException(LaunchException.SOURCE, file + ": error: no class is declared in this file");
            }
            return mainClass;
        }

        @Override
        public void finished(TaskEvent event) {
            if (event.getKind() == TaskEvent.Kind.PARSE) {
                try {
                    add(event.getCompilationUnit());
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
            }
        }

        private void add(CompilationUnitTree unit) throws IOException {
            if (sources.isEmpty()) {
                addMain(unit);
            }
            var source = unit.getSourceFile();
            sources.add(new Compilation.Source(
                    Path.of(source.toUri()), source.getCharContent(true).toString()));
        }

        private void addMain(CompilationUnitTree unit) throws IOException {
            var packageName =
                    unit.getPackageName() == null ? "" : unit.getPackageName().toString();
            root = Sources.root(file, packageName);
            files.setLocationFromPaths(StandardLocation.SOURCE_PATH, List.of(root));
            for (var declared : unit.getTypeDecls()) {
                if (declared instanceof ClassTree type) {
                    var prefix = packageName.isEmpty() ? "" : packageName + ".";
                    mainClass = prefix + type.getSimpleName();
                    return;
                }
            }
        }
    }

    /** Keeps what javac writes. */
    private static final class ClassesInMemory extends ForwardingJavaFileManager<JavaFileManager> {

        private final Map<String, ByteArrayOutputStream> written = new HashMap<>();

        ClassesInMemory(JavaFileManager files) {
            super(files);
        }

        Map<String, byte[]> classes() {
            var classes = new HashMap<String, byte[]>();
            written.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
            return classes;
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
            var uri = URI.create("memory:///" + className.replace('.', '/') + kind.extension);
            return new SimpleJavaFileObject(uri, kind) {
                @Override
                public OutputStream openOutputStream() {
                    var bytes = new ByteArrayOutputStream();
                    written.put(className, bytes);
                    return bytes;
                }
            };
        }
    }
}
