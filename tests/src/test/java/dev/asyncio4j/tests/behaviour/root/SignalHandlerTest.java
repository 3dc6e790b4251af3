package dev.asyncio4j.tests.behaviour.root;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.BaseEventLoop;
import dev.asyncio4j.ContextVar;
import dev.asyncio4j.KeyboardInterrupt;
import dev.asyncio4j.sync.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Signals as callbacks of a loop, besides what the parity scenario shows: SG-1 to SG-3. */
@Timeout(60)
class SignalHandlerTest {

    private static void kill(String name) throws Exception {
        var pid = Long.toString(ProcessHandle.current().pid());
        assertThat(new ProcessBuilder("kill", "-" + name, pid).start().waitFor(30, TimeUnit.SECONDS))
                .isTrue();
    }

    @Test
    void addSignalHandler_name_isTakenWithAndWithoutItsPrefix() throws Exception {
        Asyncio.run(() -> {
            var came = new Event();
            var loop = Asyncio.getRunningLoop();
            loop.addSignalHandler("sigcont", came::set);
            kill("CONT");
            came.await();
            assertThat(loop.removeSignalHandler("CONT")).isTrue();
            assertThat(loop.removeSignalHandler("SIGCONT")).isFalse();
        });
    }

    @Test
    void addSignalHandler_whatCannotBeHandled_isRefused() {
        Asyncio.run(() -> {
            var loop = Asyncio.getRunningLoop();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> loop.addSignalHandler("NONSENSE", () -> {}))
                    .withMessage("there is no signal NONSENSE");
            for (var name : List.of("KILL", "SEGV")) {
                assertThatIllegalStateException()
                        .isThrownBy(() -> loop.addSignalHandler(name, () -> {}))
                        .withMessageContaining("SIG" + name + " cannot be handled");
                assertThat(loop.removeSignalHandler(name)).isFalse();
            }
        });
    }

    @Test
    void callback_runsInTheContextOfWhoAddedIt() throws Exception {
        var name = new ContextVar<String>("name");
        Asyncio.run(() -> {
            var came = new Event();
            var seen = new ArrayList<String>();
            name.set("Ada");
            Asyncio.getRunningLoop().addSignalHandler("CONT", () -> {
                seen.add(name.get());
                came.set();
            });
            name.set("Grace");
            kill("CONT");
            came.await();
            assertThat(seen).containsExactly("Ada");
        });
    }

    @Test
    void twoLoops_hearTheSameSignal_andGoInAnyOrder() throws Exception {
        try (var first = new BaseEventLoop();
                var second = new BaseEventLoop()) {
            var heard = new ArrayList<String>();
            first.addSignalHandler("CONT", () -> heard.add("first"));
            second.addSignalHandler("CONT", () -> heard.add("second"));
            kill("CONT");
            runUntil(first, heard, 1);
            runUntil(second, heard, 2);
            end(first); // takes its own away, and leaves the other's
            kill("CONT");
            runUntil(second, heard, 3);
            assertThat(heard).containsExactly("first", "second", "second");
            assertThat(second.removeSignalHandler("CONT")).isTrue();
        }
    }

    private static void end(BaseEventLoop loop) {
        loop.close();
    }

    private static void runUntil(BaseEventLoop loop, List<String> heard, int count) {
        loop.runUntilComplete(() -> {
            while (heard.size() < count) {
                Asyncio.sleep(Duration.ZERO);
            }
            return null;
        });
    }

    @Test
    void handlerOfInterrupt_standsBeforeTheRunners_whichIsBackWhenItIsRemoved() {
        var handled = new ArrayList<String>();
        assertThatExceptionOfType(KeyboardInterrupt.class)
                .isThrownBy(() -> Asyncio.run(() -> {
                    var came = new Event();
                    var loop = Asyncio.getRunningLoop();
                    loop.addSignalHandler("INT", () -> {
                        handled.add("ours");
                        came.set();
                    });
                    kill("INT");
                    came.await();
                    loop.removeSignalHandler("INT");
                    kill("INT");
                    new Event().await(); // until cancelled
                }));
        assertThat(handled).containsExactly("ours");
    }
}
