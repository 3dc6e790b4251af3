/**
 * The data structures of an event loop: what is ready, what is due, and what other threads hand in.
 *
 * <p>They know nothing of tasks or futures, and import nothing of ours.
 */
@NullMarked
package dev.asyncio4j.internal.loop;

import org.jspecify.annotations.NullMarked;
