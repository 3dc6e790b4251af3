/** Streams, servers, transports and protocols. */
package dev.asyncio4j.net;
