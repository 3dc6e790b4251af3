package dev.asyncio4j.tests.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The code that is judged: the classes of the published modules, and the sources of all but this one. */
final class Product {

    static final Path ROOT = Path.of(System.getProperty("asyncio4j.root"));

    static final List<String> PUBLISHED = List.of("core", "net", "process", "testing", "cli");

    private static final String OURS = "dev.asyncio4j";

    /** Programs that use the library: they may read a clock, and nothing is built on them. */
    private static final List<String> USERS = List.of(OURS + ".tests", OURS + ".examples", OURS + ".benchmarks");

    private Product() {}

    /** Holds the classes, which take a second to read. */
    private static final class Imported {
        static final JavaClasses CLASSES = new ClassFileImporter()
                .withImportOption(location -> !location.contains("/test-classes/"))
                .importPackages(OURS);
    }

    /** Returns the classes of the published modules. */
    static List<JavaClass> classes() {
        return Imported.CLASSES.stream()
                .filter(type -> isOurs(type.getPackageName()))
                .toList();
    }

    static boolean isOurs(String packageName) {
        return isWithin(packageName, OURS) && USERS.stream().noneMatch(user -> isWithin(packageName, user));
    }

    /** Returns the Java sources of the published modules and the examples. */
    static List<Path> sources() {
        Stream<Path> modules = Stream.concat(PUBLISHED.stream(), Stream.of("benchmarks"))
                .flatMap(module -> sourcesBelow(ROOT.resolve(module).resolve("src/main/java")));
        return Stream.concat(modules, sourcesBelow(ROOT.resolve("examples"))).toList();
    }

    private static boolean isWithin(String packageName, String parent) {
        return packageName.equals(parent) || packageName.startsWith(parent + ".");
    }

    private static Stream<Path> sourcesBelow(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Stream.empty();
        }
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
