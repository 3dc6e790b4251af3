/** The doors to time and to the outside. */
package dev.asyncio4j.spi;
