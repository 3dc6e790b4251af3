package dev.asyncio4j.net;

import static dev.asyncio4j.net.Net.LOOPBACK;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An error of the JVM ends the task in which it happens, and no other. */
@Timeout(120)
class FailingServerTest {

    private static final int REQUESTS = 10_000;

    @TempDir
    private Path folder;

    @Test
    void server_afterErrorsOfTheJvm_servesAllOthers() throws Exception {
        Path errors = folder.resolve("errors");
        Process process = start(errors);
        try (var output = process.inputReader()) {
            int port = Integer.parseInt(output.readLine());
            try (var bystander = new Client(port)) {
                for (String error : List.of("memory", "stack", "class", "memory", "stack", "class")) {
                    try (var client = new Client(port)) {
                        assertThat(client.ask(error))
                                .as("the answer to " + error)
                                .isNull();
                    }
                    assertThat(bystander.ask("still there")).isEqualTo("still there");
                }
                for (int i = 0; i < REQUESTS; i++) {
                    assertThat(bystander.ask("request " + i)).isEqualTo("request " + i);
                }
            }
            assertThat(process.isAlive()).isTrue();
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertThat(Files.readString(errors))
                .contains("OutOfMemoryError")
                .contains("StackOverflowError")
                .contains("ExceptionInInitializerError")
                .contains("NoClassDefFoundError");
    }

    private static Process start(Path errors) throws IOException {
        return ProgramProcess.of(FailingProgram.class, "-Xmx64m")
                .redirectError(errors.toFile())
                .start();
    }

    private static final class Client implements AutoCloseable {
        private final Socket socket;
        private final BufferedReader answers;

        Client(int port) throws IOException {
            socket = new Socket(LOOPBACK, port);
            answers = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
        }

        /** The answer, or null if the connection was closed. */
        @Nullable
        String ask(String line) throws IOException {
            socket.getOutputStream().write((line + "\n").getBytes(UTF_8));
            return answers.readLine();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
