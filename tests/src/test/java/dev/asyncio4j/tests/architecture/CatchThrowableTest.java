package dev.asyncio4j.tests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A cancellation is an Error: whoever catches Throwable must throw or keep what came, or a task never ends. */
class CatchThrowableTest {

    /** Handlers with nobody left to tell, as {@code Path.java}. Each needs its reason beside it. */
    private static final List<String> EXCUSED = List.of(
            // A park that fails, for want of memory: the wait goes on, since nobody may leave it without the baton.
            "internal/coroutine/PortableFiber.java",
            // Netty's own operations on the bare thread; what they throw is logged there, as Netty's loops do.
            "net/internal/DrivenEventLoop.java",
            // The thread that writes log records: a broken log handler has nobody else to be told of.
            "net/internal/NettyLogging.java");

    @Test
    void everyHandlerOfThrowable_inTheSources_throwsOrKeepsIt() throws IOException {
        var found = new ArrayList<String>();
        for (var source : Product.sources()) {
            if (EXCUSED.stream().noneMatch(source.toString()::endsWith)) {
                found.addAll(CatchThrowableScanner.scan(nameOf(source), Files.readString(source)));
            }
        }
        assertThat(found).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "catch (Throwable e) { }",
                "catch (Throwable _) { return; }",
                "catch (final Throwable e) { log.error(\"failed\", e); }",
                "catch (java.lang.Throwable e) { System.err.println(e.getMessage()); }",
                "catch (Exception | Error e) { e.printStackTrace(); }",
                "catch (Error e) { later(() -> { throw new IllegalStateException(); }); }",
            })
    void scan_handlerThatSwallows_isFound(String handler) {
        assertThat(scan(handler))
                .singleElement()
                .asString()
                .startsWith("A.java:3: catch (")
                .endsWith("neither throws nor keeps what it caught");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "catch (Throwable e) { throw e; }",
                "catch (Throwable e) { log.error(\"failed\", e); throw new Wrapped(e); }",
                "catch (Throwable e) { future.setException(e); }",
                "catch (Throwable e) { failure = e; }",
                "catch (Throwable e) { return Result.failed(e); }",
                "catch (Throwable e) { later(() -> handle(e)); }",
                "catch (Exception e) { }",
            })
    void scan_handlerThatThrowsOrKeeps_isInnocent(String handler) {
        assertThat(scan(handler)).isEmpty();
    }

    private static List<String> scan(String handler) {
        return CatchThrowableScanner.scan("A.java", "class A {\n void f() { try { g(); }\n" + handler + " } }");
    }

    private static String nameOf(Path source) {
        return Product.ROOT.relativize(source).toString();
    }
}
