package dev.asyncio4j.cli.program;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compiled programs, kept between runs in a folder of the user's. */
final class ProgramCache {

    /*
     * One file per main file and fingerprint, so that an entry is replaced, never changed: it is written beside its place
     * and renamed into it, and whoever starts at that moment reads the old one or the new one. The file's name is only
     * a hash; what decides is in the entry itself (CacheEntry): the whole text of every source that was compiled is
     * compared with what is on disk now. Comparing is quicker than a digest, whose classes would be the dearest part of
     * the start.
     *
     * No trouble with the cache is the user's: an entry that cannot be read is a program that must be compiled, and one
     * that cannot be written is compiled again the next time.
     */

    static final long MAX_BYTES = 64L << 20;

    private static final String SUFFIX = ".program";

    private final Path folder;
    private final String fingerprint;
    private final long maxBytes;

    ProgramCache(Path folder, String fingerprint, long maxBytes) {
        this.folder = folder;
        this.fingerprint = fingerprint;
        this.maxBytes = maxBytes;
    }

    /** The folder that belongs to this user. */
    static Path userFolder() {
        var xdg = System.getenv("XDG_CACHE_HOME");
        var base =
                xdg != null && xdg.startsWith("/") ? Path.of(xdg) : Path.of(System.getProperty("user.home"), ".cache");
        return base.resolve("asyncio4j").resolve("programs");
    }

    /** The program compiled from this file, if it was kept and neither its sources nor the library have changed. */
    @Nullable
    Program find(Path file) {
        try {
            return CacheEntry.read(Files.readAllBytes(place(file)), key(file));
        } catch (IOException missing) {
            return null;
        }
    }

    /** Keeps a compiled program; does nothing where that is not possible. */
    void store(Path file, Compilation compilation) {
        try {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            var bytes = CacheEntry.write(compilation, key(file));
            if (bytes.length <= maxBytes) {
                put(place(file), bytes);
                prune();
            }
        } catch (IOException | UnsupportedOperationException notWritable) {
            return; // see above
        }
    }

    private String key(Path file) {
        return file.toAbsolutePath().normalize() + "\n" + fingerprint;
    }

    private Path place(Path file) {
        return folder.resolve(HexFormat.of().toHexDigits(Hash.of(key(file))) + SUFFIX);
    }

    private static void put(Path place, byte[] bytes) throws IOException {
        var temporary = Files.createTempFile(place.getParent(), "new", ".tmp");
        try {
            Files.write(temporary, bytes);
            Files.move(temporary, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException notHere) {
            throw new IOException(notHere);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Deletes the oldest until the rest fits. */
    private void prune() throws IOException {
        var entries = entries();
        var size = entries.stream().mapToLong(Entry::size).sum();
        for (var entry : entries) {
            if (size <= maxBytes) {
                return;
            }
            Files.deleteIfExists(entry.path());
            size -= entry.size();
        }
    }

    private List<Entry> entries() throws IOException {
        var entries = new ArrayList<Entry>();
        try (var files = Files.newDirectoryStream(folder)) {
            for (var path : files) {
                var file = path.toFile(); // a file that somebody else has just deleted has size and time 0
                entries.add(new Entry(path, file.length(), file.lastModified()));
            }
        }
        entries.sort(Comparator.comparingLong(Entry::writtenMillis));
        return entries;
    }

    private record Entry(Path path, long size, long writtenMillis) {}
}
