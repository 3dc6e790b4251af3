/** The functions of the front door: what each promises, by the rule it follows. */
package dev.asyncio4j.tests.behaviour.root;
