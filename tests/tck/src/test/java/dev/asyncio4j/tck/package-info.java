/**
 * The compatibility kit of Reactive Streams, run against {@link dev.asyncio4j.interop.Publishers}. Read first:
 * {@link dev.asyncio4j.tck.IterablePublisherTest}.
 */
@NullMarked
package dev.asyncio4j.tck;

import org.jspecify.annotations.NullMarked;
