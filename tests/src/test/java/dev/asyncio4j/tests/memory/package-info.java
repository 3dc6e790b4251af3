/** Does anything stay behind? Rounds of every feature in a process of its own, and what is left after each. */
package dev.asyncio4j.tests.memory;
