package dev.asyncio4j.tests.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncio4j.Asyncio;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/**
 * The JDK starts the threads that poll its sockets with the first blocking read of the process. When a coroutine does
 * that read, they must not come to belong to its loop, or nobody's sockets work once it has ended.
 */
class SocketsAfterLoopTest {

    private static final String ALL_READ = """
            first loop: ping
            second loop: ping
            virtual thread: ping
            platform thread: ping
            """;

    @Test
    void firstBlockingRead_onACoroutine_othersReadAfterItsLoopHasEnded() throws Exception {
        var outcome = ChildJvm.of(Program.class).run();

        assertThat(outcome.out()).as(outcome.err()).isEqualTo(ALL_READ);
        assertThat(outcome.exitCode()).isZero();
    }

    /** In the mode in which the JDK polls on virtual threads, which a coroutine would hand its scheduler on to. */
    @Test
    void firstBlockingRead_withPollersOnVirtualThreads_othersReadAfterItsLoopHasEnded() throws Exception {
        var outcome =
                ChildJvm.of(Program.class).withOption("-Djdk.pollerMode=2").run();

        assertThat(outcome.out()).as(outcome.err()).isEqualTo(ALL_READ);
        assertThat(outcome.exitCode()).isZero();
    }

    /** Reads what another thread writes a while after the reader has begun to wait. */
    static final class Program {

        private Program() {}

        public static void main(String[] arguments) throws Exception {
            System.out.println("first loop: " + Asyncio.run(Program::exchange));
            System.out.println("second loop: " + Asyncio.run(Program::exchange));
            System.out.println("virtual thread: " + onThread(Thread.ofVirtual()));
            System.out.println("platform thread: " + onThread(Thread.ofPlatform()));
        }

        private static String onThread(Thread.Builder builder) throws Exception {
            var outcome = new FutureTask<>(Program::exchange);
            builder.start(outcome);
            return outcome.get();
        }

        private static String exchange() throws IOException {
            try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                    var socket = new Socket(server.getInetAddress(), server.getLocalPort());
                    var peer = server.accept()) {
                var reader = Thread.currentThread();
                Thread.ofPlatform().start(() -> writeOnceBlocked(reader, peer));
                return new String(socket.getInputStream().readNBytes(4), UTF_8);
            }
        }

        private static void writeOnceBlocked(Thread reader, Socket peer) {
            try {
                for (int look = 0; look < 100 && reader.getState() == Thread.State.RUNNABLE; look++) {
                    Thread.sleep(1);
                }
                peer.getOutputStream().write("ping".getBytes(UTF_8));
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
