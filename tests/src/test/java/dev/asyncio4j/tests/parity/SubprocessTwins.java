package dev.asyncio4j.tests.parity;

import static dev.asyncio4j.Asyncio.getRunningLoop;
import static dev.asyncio4j.tests.parity.Loops.run;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.asyncio4j.Future;
import dev.asyncio4j.process.SubprocessOptions;
import dev.asyncio4j.process.SubprocessProtocol;
import dev.asyncio4j.process.SubprocessTransport;
import dev.asyncio4j.process.Subprocesses;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Twins of the {@code subprocess-…} scenarios. */
final class SubprocessTwins {
    private static final int SIGHUP = 1;

    private SubprocessTwins() {}

    /** What {@code get_returncode()} returns. */
    private static Object code(OptionalInt returncode) {
        return returncode.isPresent() ? returncode.getAsInt() : null;
    }

    @Twin("subprocess-protocol-callbacks-in-order")
    static void callbacksInOrder(Trace out) throws IOException {
        final class Child implements SubprocessProtocol {
            private final Future<Void> lost;
            private final Map<Integer, ByteArrayOutputStream> received =
                    Map.of(1, new ByteArrayOutputStream(), 2, new ByteArrayOutputStream());
            private final List<String> unordered = new ArrayList<>();
            private SubprocessTransport transport;

            Child(Future<Void> lost) {
                out.print("factory");
                this.lost = lost;
            }

            @Override
            public void connectionMade(SubprocessTransport made) {
                transport = made;
                out.print(
                        "made",
                        code(made.getReturncode()),
                        made.getPipeTransport(3).orElse(null));
            }

            @Override
            public void pipeDataReceived(int fd, byte[] data) {
                received.get(fd).writeBytes(data);
            }

            @Override
            public void pipeConnectionLost(int fd, Throwable error) {
                if (fd == 0) {
                    out.print("lost 0", error);
                } else {
                    unordered.add("lost " + fd + " after " + received.get(fd).size());
                }
            }

            @Override
            public void processExited() {
                unordered.add("exited " + code(transport.getReturncode()));
            }

            @Override
            public void connectionLost(Throwable error) {
                unordered.stream().sorted().forEach(out::print);
                out.print("lost", error, code(transport.getReturncode()));
                lost.setResult(null);
            }
        }
        run(() -> {
            Future<Void> lost = getRunningLoop().createFuture();
            var started = Subprocesses.subprocessShell(() -> new Child(lost), "tee /dev/stderr");
            var protocol = started.protocol();
            out.print("started", started.transport().getProtocol() == protocol);
            var stdin = started.transport().getPipeTransport(0).orElseThrow();
            out.print(stdin.canWriteEof(), stdin.isClosing());
            stdin.write("hello".getBytes(UTF_8));
            stdin.writeEof();
            out.print(stdin.isClosing());
            lost.await();
            out.print(
                    protocol.received.get(1).toString(UTF_8),
                    protocol.received.get(2).toString(UTF_8));
        });
    }

    @Twin("subprocess-transport-signals")
    static void signals(Trace out) throws IOException {
        final class Child implements SubprocessProtocol {
            private final Future<Void> ended = getRunningLoop().createFuture();
            private SubprocessTransport transport;

            @Override
            public void connectionMade(SubprocessTransport made) {
                transport = made;
            }

            @Override
            public void processExited() {
                out.print("exited", code(transport.getReturncode()));
                transport.kill();
                transport.terminate();
                transport.sendSignal(SIGHUP);
                ended.setResult(null);
            }
        }
        run(() -> {
            for (var end : List.of("kill", "terminate", "hang up")) {
                var started =
                        Subprocesses.subprocessExec(Child::new, List.of("sleep", "100"), SubprocessOptions.DEFAULT);
                var transport = started.transport();
                out.print(
                        end,
                        code(transport.getReturncode()),
                        transport.getPipeTransport(1).orElse(null));
                switch (end) {
                    case "kill" -> transport.kill();
                    case "terminate" -> transport.terminate();
                    default -> transport.sendSignal(SIGHUP);
                }
                started.protocol().ended.await();
                transport.close();
            }
        });
    }

    @Twin("subprocess-transport-close-kills")
    static void closeKills(Trace out) throws IOException {
        final class Child implements SubprocessProtocol {
            private final Future<Void> lost = getRunningLoop().createFuture();
            private final List<String> unordered = new ArrayList<>();
            private SubprocessTransport transport;

            @Override
            public void connectionMade(SubprocessTransport made) {
                transport = made;
            }

            @Override
            public void pipeConnectionLost(int fd, Throwable error) {
                unordered.add("lost " + fd + " " + (error == null ? "None" : error));
            }

            @Override
            public void processExited() {
                unordered.add("exited " + code(transport.getReturncode()));
            }

            @Override
            public void connectionLost(Throwable error) {
                unordered.stream().sorted().forEach(out::print);
                out.print("lost", error);
                lost.setResult(null);
            }
        }
        run(() -> {
            var started = Subprocesses.subprocessExec(Child::new, List.of("sleep", "100"));
            var transport = started.transport();
            out.print(transport.isClosing());
            transport.close();
            transport.close();
            out.print(transport.isClosing());
            started.protocol().lost.await();
        });
    }
}
