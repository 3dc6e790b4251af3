/** What the documentation shows, compiled and run. */
package dev.asyncio4j.snippets;
