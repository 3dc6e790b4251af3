package dev.asyncio4j.snippets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.Future;
import dev.asyncio4j.process.SubprocessProtocol;
import dev.asyncio4j.process.Subprocesses;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ProcessProtocolTest {

    @Test
    void sorted() throws IOException {
        assertThat(Asyncio.run(ProcessProtocolTest::sortedLines)).isEqualTo("apple\npear\n");
    }

    // @start region="subprocess-protocol"
    static final class Collecting implements SubprocessProtocol {
        final Future<String> output = Asyncio.getRunningLoop().createFuture();
        private final ByteArrayOutputStream collected = new ByteArrayOutputStream();

        @Override
        public void pipeDataReceived(int fd, byte[] data) {
            collected.writeBytes(data);
        }

        @Override
        public void connectionLost(@Nullable Throwable cause) {
            output.setResult(collected.toString(UTF_8));
        }
    }

    static String sortedLines() throws IOException {
        var sort = Subprocesses.subprocessExec(Collecting::new, List.of("sort"));
        var input = sort.transport().getPipeTransport(0).orElseThrow();
        input.write("pear\napple\n".getBytes(UTF_8));
        input.writeEof();
        return sort.protocol().output.await();
    }
    // @end
}
