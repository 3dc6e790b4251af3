package dev.asyncio4j.tests.parity;

import static dev.asyncio4j.Asyncio.currentTask;
import static dev.asyncio4j.Asyncio.getRunningLoop;
import static dev.asyncio4j.tests.parity.Loops.run;
import static dev.asyncio4j.tests.parity.Python.type;

import dev.asyncio4j.sync.Event;
import java.util.List;

/** Twins of the {@code signal-…} scenarios. */
final class SignalTwins {

    private SignalTwins() {}

    @Twin("signal-handler-runs-as-a-callback-of-the-loop")
    static void handlerIsACallback(Trace out) {
        run(() -> {
            var loop = getRunningLoop();
            var came = new Event();
            loop.addSignalHandler("SIGWINCH", () -> hear(out, "first", came));
            raise(came);
            loop.addSignalHandler("SIGWINCH", () -> hear(out, "second", came));
            raise(came);
            raise(came);
            out.print(loop.removeSignalHandler("SIGWINCH"));
            out.print(loop.removeSignalHandler("SIGWINCH"));
            for (var name : List.of("SIG9999", "SIGKILL")) {
                try {
                    loop.addSignalHandler(name, () -> hear(out, "never", came));
                } catch (IllegalArgumentException | IllegalStateException e) {
                    out.print(type(e));
                }
            }
        });
    }

    private static void hear(Trace out, String word, Event came) {
        out.print(word, currentTask().orElse(null));
        came.set();
    }

    private static void raise(Event came) {
        Sigint.raise("WINCH");
        came.await();
        came.clear();
    }
}
