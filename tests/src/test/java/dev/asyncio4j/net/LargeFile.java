package dev.asyncio4j.net;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What the tests of sending files share: a file that is larger than what sockets hold. */
abstract class LargeFile {
    static final int SIZE = 20_000_000;

    @TempDir
    Path folder;

    byte[] contents = {};
    Path path = Path.of("");

    @BeforeEach
    void makeFile() throws IOException {
        contents = new byte[SIZE];
        new Random(42).nextBytes(contents);
        path = Files.write(folder.resolve("file"), contents);
    }

    final byte[] part(int offset, int count) {
        return Arrays.copyOfRange(contents, offset, offset + count);
    }
}
