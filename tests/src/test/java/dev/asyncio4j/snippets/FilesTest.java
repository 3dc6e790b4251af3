package dev.asyncio4j.snippets;

import static dev.asyncio4j.Asyncio.gather;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.files.AsyncFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesTest {

    @Test
    void files(@TempDir Path folder) throws IOException {
        assertThat(Asyncio.run(() -> countErrors(folder))).isEqualTo(1);
    }

    // @start region="files"
    static int countErrors(Path folder) throws IOException {
        var log = folder.resolve("server.log");
        AsyncFiles.writeString(log, "started\n");
        AsyncFiles.append(log, "error: no space left\n");
        AsyncFiles.copy(log, folder.resolve("server.log.1"));

        var errors = 0;
        try (var lines = AsyncFiles.lines(log)) {
            for (var line : lines) { // the loop goes on while more is read
                errors += line.startsWith("error") ? 1 : 0;
            }
        }
        return errors;
    }
    // @end

    @Test
    void file(@TempDir Path folder) throws IOException {
        Asyncio.run(() -> twoPlaces(folder.resolve("data")));
        assertThat(folder.resolve("data")).hasContent("left right");
    }

    // @start region="file"
    static void twoPlaces(Path path) throws IOException {
        try (var file = AsyncFiles.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            gather(
                    () -> {
                        file.write(ByteBuffer.wrap("left ".getBytes(UTF_8)), 0);
                        return null;
                    },
                    () -> {
                        file.write(ByteBuffer.wrap("right".getBytes(UTF_8)), 5);
                        return null;
                    });
            file.force(false);
        }
    }
    // @end
}
