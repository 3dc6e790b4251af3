package dev.asyncio4j.cli.program;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Source files on disk. */
final class Sources {

    static final String SUFFIX = ".java";

    private Sources() {}

    /** The names of the source files that lie beside this one, itself included, in order. */
    static List<String> neighbours(Path file) {
        var names = folder(file).toFile().list((folder, name) -> name.endsWith(SUFFIX));
        if (names == null) {
            return List.of(); // a folder may be open for its files and closed for listing
        }
        Arrays.sort(names);
        return List.of(names);
    }

    static Path folder(Path file) {
        return Objects.requireNonNull(file.toAbsolutePath().normalize().getParent(), "a file has a folder");
    }

    static String nameWithoutSuffix(String fileName) {
        return fileName.substring(0, fileName.length() - SUFFIX.length());
    }

    /**
     * The folder of the unnamed package: above the file's own by as many steps as its package has names, if the folders
     * are called like those names; else the file's own folder.
     */
    static Path root(Path file, String packageName) {
        var folder = folder(file);
        if (packageName.isEmpty()) {
            return folder;
        }
        var packageFolder = Path.of(packageName.replace('.', '/'));
        if (!folder.endsWith(packageFolder)) {
            return folder;
        }
        var root = folder;
        for (var step = 0; step < packageFolder.getNameCount(); step++) {
            root = Objects.requireNonNull(root.getParent(), "checked by endsWith");
        }
        return root;
    }
}
