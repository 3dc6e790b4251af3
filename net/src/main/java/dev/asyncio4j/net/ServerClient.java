package dev.asyncio4j.net;

/** A connection that a server has accepted, as the server sees it: loop thread only. */
interface ServerClient {

    /** Closes it once what it has to send is sent. */
    void close();

    /** Closes it at once. */
    void abort();
}
