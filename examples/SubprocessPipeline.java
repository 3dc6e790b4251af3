import static dev.asyncio4j.Asyncio.*;

import dev.asyncio4j.net.StreamReader;
import dev.asyncio4j.process.*;
import java.time.Duration;

// Two programs of the system at work at the same time, one fed by the other, like `sort | uniq -c` in a shell: here the
// bytes go through this program, which counts them on their way. No side ever holds more than it can take.
//
//     ./asyncio run examples/SubprocessPipeline.java

static final String WORDS = "to be or not to be that is the question ".repeat(1000).replace(' ', '\n');

void main() throws IOException {
    run(() -> timeout(Duration.ofSeconds(30), () -> countWords()));
}

// @start region="pipeline"
void countWords() throws IOException {
    try (var sort = start("sort");
            var uniq = start("uniq", "-c")) {
        var feeding = createTask(() -> feed(sort.stdin()));
        var carrying = createTask(() -> carry(sort.stdout(), uniq.stdin()));
        for (byte[] line : uniq.stdout()) {
            IO.println(new String(line).strip());
        }
        feeding.await();
        IO.println(carrying.await() + " bytes went from sort to uniq");
        IO.println("sort ended with " + sort.await() + ", uniq with " + uniq.await());
    }
}

long carry(StreamReader from, PipeWriter to) throws IOException {
    var bytes = 0L;
    for (var piece = from.read(4096); piece.length > 0; piece = from.read(4096)) {
        to.write(piece);
        to.drain(); // waits while uniq is slower than sort
        bytes += piece.length;
    }
    to.close();
    return bytes;
}
// @end

void feed(PipeWriter to) throws IOException {
    to.write(WORDS.getBytes());
    to.drain();
    to.close();
}

Subprocess start(String... command) throws IOException {
    var options = SubprocessOptions.DEFAULT
            .withStdin(Stdio.PIPE)
            .withStdout(Stdio.PIPE)
            .withVariable("LC_ALL", "C");
    return Subprocesses.createSubprocessExec(List.of(command), options);
}
