package dev.asyncio4j.tests.runtime;

import static dev.asyncio4j.Asyncio.createTask;
import static dev.asyncio4j.Asyncio.getRunningLoop;
import static dev.asyncio4j.Asyncio.sleep;
import static dev.asyncio4j.Asyncio.timeout;
import static dev.asyncio4j.Asyncio.toThread;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.CancelScope;
import dev.asyncio4j.CancelledError;
import dev.asyncio4j.ExitError;
import dev.asyncio4j.TimeoutException;
import dev.asyncio4j.net.Connection;
import dev.asyncio4j.net.Streams;
import dev.asyncio4j.sync.Event;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A server that is ended while it has work: each connection is one request, which is answered after a while. Prints its port,
 * and at its end how many requests began, how many were answered, and how many of their cleanup blocks ran.
 */
final class ShutdownProgram {

    /** How long what has begun may take to end. */
    static final Duration GRACE = Duration.ofMillis(500);

    private static final Duration WORK = Duration.ofMillis(20);

    private int begun;
    private int answered;
    private int cleanups;

    private ShutdownProgram() {}

    public static void main(String[] arguments) {
        var program = new ShutdownProgram();
        var mode = System.getProperty("asyncio4j.test.mode");
        try {
            Asyncio.run(() -> program.run(mode));
        } catch (ExitError asked) {
            program.report();
            System.exit(asked.code());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        program.report();
    }

    private void report() {
        System.out.println("begun " + begun + " answered " + answered + " cleanups " + cleanups);
    }

    private void run(String mode) throws IOException {
        switch (mode) {
            case "graceful" -> serveUntilSignal();
            case "cancelled" -> serveForEver();
            case "stubborn" -> refuseToEnd();
            case "stuck-job" -> runAStuckJob();
            default -> throw new IllegalArgumentException(mode);
        }
    }

    private void answer(Connection client) throws IOException {
        begun++;
        try {
            client.reader().readLine();
            sleep(WORK);
            client.write("done\n".getBytes(UTF_8));
            answered++;
        } finally {
            CancelScope.shielded(_ -> sleep(Duration.ZERO)); // may wait, also when the cancel comes only now
            cleanups++;
        }
    }

    private void serveUntilSignal() throws IOException {
        var asked = new Event();
        getRunningLoop().addSignalHandler("TERM", asked::set);
        var server = Streams.startServer(this::answer, "127.0.0.1", 0);
        try (server) {
            System.out.println(server.sockets().getFirst().getPort());
            asked.await();
        }
        try {
            timeout(GRACE, server::waitClosed);
        } catch (TimeoutException tooLong) {
            System.out.println("the grace was too short");
        }
    }

    private void serveForEver() throws IOException {
        try (var server = Streams.startServer(this::answer, "127.0.0.1", 0)) {
            System.out.println(server.sockets().getFirst().getPort());
            new Event().await();
        }
    }

    /** Swallows each cancel, so that only a second signal can end this. */
    private void refuseToEnd() {
        begun++;
        System.out.println(0);
        while (begun > 0) {
            try {
                sleep(Duration.ofHours(1));
            } catch (CancelledError swallowed) {
                System.out.println("never");
            }
        }
    }

    /** A job that heeds nothing may hold the end up for the grace, and no longer. */
    private void runAStuckJob() {
        var never = new CountDownLatch(1);
        createTask(() -> toThread(() -> awaitForEver(never)));
        try {
            begun++;
            sleep(Duration.ZERO);
            System.out.println(0);
            new Event().await();
        } finally {
            cleanups++;
            getRunningLoop().shutdownDefaultExecutor(GRACE);
        }
    }

    private static boolean awaitForEver(CountDownLatch never) {
        while (true) {
            try {
                if (never.await(1, TimeUnit.HOURS)) {
                    return true;
                }
            } catch (InterruptedException unheeded) {
                Thread.onSpinWait(); // and goes on
            }
        }
    }
}
