/** What the operating system offers beyond the Java API. Imports nothing of ours. */
@NullMarked
package dev.asyncio4j.internal.os;

import org.jspecify.annotations.NullMarked;
