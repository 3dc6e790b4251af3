package dev.asyncio4j;

/** Hears of the exceptions that nobody else will: set with {@link EventLoop#setExceptionHandler}. */
@FunctionalInterface
public interface ExceptionHandler {

    /**
     * Handles one.
     *
     * <p><b>Threads.</b> On a coroutine of the loop; it may block as a callback may. If it throws, the default handler is
     * told of that (EXC-4).
     *
     * @param loop the loop
     * @param context what happened
     */
    void handle(EventLoop loop, ExceptionContext context);
}
