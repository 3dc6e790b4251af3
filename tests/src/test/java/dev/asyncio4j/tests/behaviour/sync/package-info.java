/** What tasks share: hand-over, order, and that nothing is lost when a task is cancelled at the worst moment. */
package dev.asyncio4j.tests.behaviour.sync;
