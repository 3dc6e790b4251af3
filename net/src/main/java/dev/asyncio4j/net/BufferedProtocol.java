package dev.asyncio4j.net;

import java.nio.ByteBuffer;

/**
 * A protocol that says where to put what is received (TR-12).
 *
 * <p><b>Threads.</b> As {@link BaseProtocol} says.
 */
public interface BufferedProtocol extends BaseProtocol<Transport> {

    /**
     * Returns where to put the next bytes. What this throws breaks the connection off, and so does a buffer without room
     * (TR-11, TR-12).
     *
     * @param sizeHint how many bytes there are; -1 if that is not known
     * @return a buffer with room between its position and its limit; the bytes are put there, which moves its position
     * @throws Exception whatever goes wrong
     */
    ByteBuffer getBuffer(int sizeHint) throws Exception;

    /**
     * Hears that bytes were put into the buffer that {@link #getBuffer} gave. What this throws breaks the connection off.
     *
     * @param count how many
     * @throws Exception whatever goes wrong
     */
    void bufferUpdated(int count) throws Exception;

    /**
     * Hears that the peer sends no more. What this throws breaks the connection off (TR-10).
     *
     * @return true to keep the connection for writing, false to close it
     * @throws Exception whatever goes wrong
     */
    default boolean eofReceived() throws Exception {
        return false;
    }
}
