/** Storms of cancels and collections: nothing may be lost, whatever the interleaving. Figures are printed. */
package dev.asyncio4j.tests.behaviour.storm;
