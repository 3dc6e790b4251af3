/** What other threads do to a loop while it runs, ends or sleeps: each race with what must not come of it. */
@NullMarked
package dev.asyncio4j.jcstress;

import org.jspecify.annotations.NullMarked;
