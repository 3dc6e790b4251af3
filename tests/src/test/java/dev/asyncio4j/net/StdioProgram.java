package dev.asyncio4j.net;

import static dev.asyncio4j.net.Net.bytes;
import static dev.asyncio4j.net.Net.text;

import dev.asyncio4j.Asyncio;
import java.io.IOException;

/** Answers each line of its input: run by {@link PipesTest} in a process of its own. */
final class StdioProgram {

    private StdioProgram() {}

    @SuppressWarnings("ClosingStandardOutputStreams") // they stay open
    public static void main(String[] arguments) throws IOException {
        Asyncio.run(() -> {
            try (var console = Streams.openPipes(System.in, System.out)) {
                for (var line : console.reader()) {
                    console.write(bytes("hello " + text(line)));
                }
            }
        });
        System.out.println("printed afterwards");
    }
}
