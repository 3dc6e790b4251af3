/** What a test of an asynchronous program needs. */
package dev.asyncio4j.testing;
