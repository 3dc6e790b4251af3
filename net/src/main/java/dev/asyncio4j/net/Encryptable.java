package dev.asyncio4j.net;

import dev.asyncio4j.net.spi.Layer;
import dev.asyncio4j.net.spi.TransportListener;
import java.io.IOException;

/** Who owns a connection that can be encrypted. */
interface Encryptable extends TransportListener {

    /** Puts a layer below an open connection. Suspends until it is ready; failing or cancelled, it closes the connection. */
    void startLayer(Layer layer) throws IOException;
}
