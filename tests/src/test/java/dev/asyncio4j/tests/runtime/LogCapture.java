package dev.asyncio4j.tests.runtime;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Keeps what the loop's logger is told, instead of printing it. */
final class LogCapture extends Handler implements AutoCloseable {

    private static final String HELD = "has held the event loop";

    private final Logger logger = Logger.getLogger("asyncio");
    private final List<LogRecord> records = new CopyOnWriteArrayList<>();

    LogCapture() {
        logger.setUseParentHandlers(false);
        logger.addHandler(this);
    }

    /** What was logged, in the order of logging; not that the loop was held, which a busy machine does as well. */
    List<String> messages() {
        return records.stream()
                .map(LogRecord::getMessage)
                .filter(message -> !message.contains(HELD))
                .toList();
    }

    /** Whether it was logged that the loop was held. */
    boolean saysThatTheLoopWasHeld() {
        return records.stream().anyMatch(record -> record.getMessage().contains(HELD));
    }

    @Override
    public void publish(LogRecord record) {
        records.add(record);
    }

    @Override
    public void flush() {
        // Nothing is held back.
    }

    @Override
    public void close() {
        logger.removeHandler(this);
        logger.setUseParentHandlers(true);
    }
}
