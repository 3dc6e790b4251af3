/** The launcher's commands: what {@code ./asyncio} can do. */
package dev.asyncio4j.cli;
