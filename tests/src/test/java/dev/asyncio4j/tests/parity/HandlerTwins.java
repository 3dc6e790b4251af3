package dev.asyncio4j.tests.parity;

import static dev.asyncio4j.Asyncio.*;
import static dev.asyncio4j.tests.parity.Loops.newEventLoop;
import static dev.asyncio4j.tests.parity.Loops.run;
import static dev.asyncio4j.tests.parity.Python.type;
import static java.time.Duration.ZERO;

import dev.asyncio4j.ContextVar;
import dev.asyncio4j.ExceptionContext;
import dev.asyncio4j.ExceptionHandler;
import dev.asyncio4j.ExitError;
import dev.asyncio4j.Future;
import java.util.ArrayList;
import java.util.List;

/** Twins of the scenarios of the exception handler. */
final class HandlerTwins {

    private HandlerTwins() {}

    @Twin("done-callback-error-is-reported")
    static void doneCallbackError(Trace out) {
        run(() -> {
            var loop = getRunningLoop();
            loop.setExceptionHandler((_, context) -> out.print("handler:", error(context), "|", keys(context)));
            Future<String> future = loop.createFuture();
            future.addDoneCallback(f -> out.print("first", f.result()));
            future.addDoneCallback(_ -> {
                throw new Boom("in done-callback");
            });
            future.addDoneCallback(f -> out.print("third", f.result()));
            loop.callSoon(() -> future.setResult("value"));
            out.print("awaiter", future.await());
        });
    }

    @Twin("handler-may-be-called-by-hand")
    static void calledByHand(Trace out) {
        run(() -> {
            var loop = getRunningLoop();
            out.print("at first:", loop.getExceptionHandler());
            ExceptionHandler handler = (_, context) -> out.print("handler:", context.message(), "|", keys(context));
            loop.setExceptionHandler(handler);
            out.print("set:", loop.getExceptionHandler() == handler);
            loop.callExceptionHandler(ExceptionContext.of("by hand"));
            loop.callExceptionHandler(
                    ExceptionContext.of("with more").with(ExceptionContext.FUTURE, loop.createFuture()));
            loop.setExceptionHandler(null);
            out.print("taken away:", loop.getExceptionHandler());
        });
    }

    @Twin("handler-runs-in-the-context-of-its-subject")
    static void contextOfItsSubject(Trace out) {
        var variable = new ContextVar<>("var", "unset");
        run(() -> {
            var loop = getRunningLoop();
            loop.setExceptionHandler((_, context) -> out.print(keys(context), "|", variable.get()));
            variable.set("at schedule time");
            loop.callSoon(() -> {
                throw new Boom();
            });
            variable.set("later");
            sleep(ZERO);
            var task = createTask(() -> variable.set("set by child"));
            task.await();
            loop.callExceptionHandler(ExceptionContext.of("about the child").with(ExceptionContext.TASK, task));
            loop.callExceptionHandler(ExceptionContext.of("about nothing"));
        });
    }

    @Twin("handler-that-fails-is-contained")
    static void handlerThatFails(Trace out) {
        List<String> calls = new ArrayList<>();
        var loop = newEventLoop();
        loop.setExceptionHandler((_, context) -> {
            calls.add(type(error(context)));
            if (calls.size() == 1) {
                throw new Boom("handler");
            }
            throw new ExitError(4);
        });
        Runnable fail = () -> {
            throw new Boom("callback");
        };
        loop.callSoon(fail);
        loop.callSoon(() -> out.print("loop goes on"));
        loop.callSoon(loop::stop);
        loop.runForever();
        loop.callSoon(fail);
        try {
            loop.runForever();
        } catch (ExitError e) {
            out.print("left with SystemExit", e.code());
        }
        out.print("handler calls:", String.join(", ", calls));
        loop.close();
    }

    @Twin("loop-error-in-callback-does-not-stop-the-loop")
    static void errorInCallback(Trace out) {
        run(() -> {
            var loop = getRunningLoop();
            loop.setExceptionHandler((itsLoop, context) -> {
                out.print("handler:", type(error(context)), error(context));
                out.print("keys:", keys(context));
                out.print("own loop:", itsLoop == loop);
            });
            loop.callSoon(() -> {
                throw new Boom("from callback");
            });
            loop.callSoon(() -> out.print("next callback"));
            sleep(ZERO);
            out.print("main goes on");
        });
    }

    private static Throwable error(ExceptionContext context) {
        return context.exception().orElseThrow();
    }

    private static String keys(ExceptionContext context) {
        return String.join(" ", context.asMap().keySet().stream().sorted().toList());
    }
}
