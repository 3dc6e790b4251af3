package dev.asyncio4j.net;

/** Serves one connection as asyncio does; run in a task of its own. */
@FunctionalInterface
public interface StreamHandler {

    /**
     * Serves a connection. Returning does not close it; who is done with it closes the writer (SW-7).
     *
     * @param reader what the peer sends
     * @param writer what the peer receives
     * @throws Exception whatever goes wrong; it is reported to the loop's exception handler and closes the connection
     */
    void handle(StreamReader reader, StreamWriter writer) throws Exception;
}
