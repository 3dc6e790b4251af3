package dev.asyncio4j.cli.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("native") // runs no coroutine
class ProgramCacheTest {

    @TempDir
    Path folder;

    private Path cacheFolder;

    @BeforeEach
    void nameCacheFolder() {
        cacheFolder = folder.resolve("cache");
    }

    @Test
    void find_stored_givesTheSameProgram() throws IOException {
        var file = source("A");
        var cache = cache("library 1", 1 << 20);
        cache.store(file, compilation(file, 10));
        var found = cache.find(file);
        assertThat(found).isNotNull();
        assertThat(found.mainClass()).isEqualTo("Main");
        assertThat(found.root()).isEqualTo(folder);
        assertThat(found.classes()).containsOnlyKeys("Main").containsEntry("Main", new byte[10]);
    }

    @Test
    void find_otherLibrary_isNothing() throws IOException {
        var file = source("A");
        cache("library 1", 1 << 20).store(file, compilation(file, 10));
        assertThat(cache("library 2", 1 << 20).find(file)).isNull();
    }

    @Test
    void read_entryCutOffAnywhere_isNothing() throws IOException {
        var file = source("A");
        var whole = CacheEntry.write(compilation(file, 10), "key");
        assertThat(CacheEntry.read(whole, "key")).isNotNull();
        for (var length = 0; length < whole.length; length++) {
            assertThat(CacheEntry.read(Arrays.copyOf(whole, length), "key")).isNull();
        }
    }

    @Test
    void read_anyByteChanged_isNothing() throws IOException {
        var file = source("A");
        var whole = CacheEntry.write(compilation(file, 10), "key");
        for (var i = 0; i < whole.length; i++) {
            whole[i] ^= 0x10;
            assertThat(CacheEntry.read(whole, "key")).isNull();
            whole[i] ^= 0x10;
        }
    }

    @Test
    void read_keyOfAnotherProgramWithTheSameHash_isNothing() throws IOException {
        var file = source("A");
        assertThat(CacheEntry.read(CacheEntry.write(compilation(file, 10), "key"), "other"))
                .isNull();
    }

    @Test
    void store_moreThanFits_deletesTheOldest() throws IOException {
        var cache = cache("library", 3_500);
        var names = List.of("A", "B", "C", "D");
        for (var i = 0; i < names.size(); i++) {
            var file = source(names.get(i));
            cache.store(file, compilation(file, 1_000));
            stampNewest(i);
        }
        assertThat(cache.find(folder.resolve("A.java"))).isNull();
        assertThat(cache.find(folder.resolve("D.java"))).isNotNull();
        assertThat(size()).isLessThanOrEqualTo(3_500);
    }

    @Test
    void store_leftoverOfAProcessThatDied_isDeletedInItsTurn() throws IOException {
        Files.createDirectories(cacheFolder);
        var leftover = cacheFolder.resolve("new1.tmp");
        Files.write(leftover, new byte[3_000]);
        Files.setLastModifiedTime(leftover, FileTime.fromMillis(0));
        var file = source("A");
        cache("library", 3_500).store(file, compilation(file, 1_000));
        assertThat(leftover).doesNotExist();
        assertThat(cache("library", 3_500).find(file)).isNotNull();
    }

    @Test
    void store_largerThanTheWholeCache_isLeftOut() throws IOException {
        var file = source("A");
        cache("library", 500).store(file, compilation(file, 1_000));
        assertThat(size()).isZero();
    }

    private ProgramCache cache(String library, long maxBytes) {
        return new ProgramCache(cacheFolder, library, maxBytes);
    }

    private Path source(String name) throws IOException {
        return Files.writeString(folder.resolve(name + ".java"), "class Main {}");
    }

    private Compilation compilation(Path file, int size) {
        var program = new Program("Main", folder, Map.of("Main", new byte[size]));
        var sources = List.of(new Compilation.Source(file, "class Main {}"));
        return new Compilation(program, sources, Sources.neighbours(file));
    }

    /* Gives what was just written a time of its own: the file system's clock may be too coarse to tell them apart. */
    private void stampNewest(int number) throws IOException {
        try (var files = Files.list(cacheFolder)) {
            for (var file : files.toList()) {
                if (Files.getLastModifiedTime(file).toMillis() > 1_000_000) {
                    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000L * (number + 1)));
                }
            }
        }
    }

    private long size() {
        var files = cacheFolder.toFile().listFiles();
        return files == null
                ? 0
                : Arrays.stream(files).mapToLong(file -> file.length()).sum();
    }
}
