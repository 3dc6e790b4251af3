/**
 * The door between streams, protocols and servers on one side, and what carries their bytes on the other.
 *
 * <p>Read {@link dev.asyncio4j.net.spi.NetworkDriver} first. A loop whose driver is one can be connected to others: through
 * sockets, which is what comes with this module, or through memory, as tests do. This room imports the loop only.
 */
@NullMarked
package dev.asyncio4j.net.spi;

import org.jspecify.annotations.NullMarked;
