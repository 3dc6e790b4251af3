/** Faults planted into core, to see that the tests find them. Read first: {@code tests/planted/violations.txt}. */
package dev.asyncio4j.tests.planted;
