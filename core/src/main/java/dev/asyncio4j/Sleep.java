package dev.asyncio4j;

/** A wait for a time: a future that a timer completes. */
final class Sleep {

    private Sleep() {}

    static void in(BaseEventLoop loop, Stepper<?> stepper, long nanos) {
        Future<Boolean> over = loop.createFuture("a time");
        TimerHandle timer = loop.reactLater(nanos, () -> {
            if (!over.done()) {
                over.setResult(true);
            }
        });
        try {
            over.awaitOn(stepper);
        } finally {
            timer.cancel();
        }
    }
}
