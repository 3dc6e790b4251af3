/** What other libraries speak: completable futures and publishers, both ways. */
package dev.asyncio4j.tests.behaviour.interop;
