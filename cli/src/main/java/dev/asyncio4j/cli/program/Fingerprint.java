package dev.asyncio4j.cli.program;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** What a program was compiled with, as a line of text: the JDK, and name, size and time of all that is on the class path. */
final class Fingerprint {

    private Fingerprint() {}

    static String of(String classPath) throws IOException {
        var line = new StringBuilder(System.getProperty("java.home"));
        line.append(' ').append(Runtime.version());
        for (var entry : classPath.split(File.pathSeparator, -1)) {
            append(line, Path.of(entry));
        }
        return line.toString();
    }

    private static void append(StringBuilder line, Path entry) throws IOException {
        line.append(' ').append(entry.toAbsolutePath());
        if (Files.exists(entry)) {
            var attributes = Files.readAttributes(entry, BasicFileAttributes.class);
            if (attributes.isDirectory()) {
                appendFolder(line, entry);
            } else {
                append(line, attributes);
            }
        }
    }

    /* Folders are on the class path only while asyncio4j itself is worked on. */
    private static void appendFolder(StringBuilder line, Path folder) throws IOException {
        var hash = new long[1];
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                var text = file.toString() + attributes.size() + attributes.lastModifiedTime();
                hash[0] += Hash.of(text); // a sum: the order of a folder's files is not defined
                return FileVisitResult.CONTINUE;
            }
        });
        line.append(':').append(hash[0]);
    }

    private static void append(StringBuilder line, BasicFileAttributes attributes) {
        line.append(':').append(attributes.size());
        line.append(':').append(attributes.lastModifiedTime().toMillis());
    }
}
