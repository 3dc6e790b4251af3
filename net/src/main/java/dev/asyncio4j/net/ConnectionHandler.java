package dev.asyncio4j.net;

/** Serves one connection; run in a task of its own. */
@FunctionalInterface
public interface ConnectionHandler {

    /**
     * Serves a connection until it returns, which closes the connection.
     *
     * @param connection the connection
     * @throws Exception whatever goes wrong; it is reported to the loop's exception handler and closes the connection
     */
    void handle(Connection connection) throws Exception;
}
