/**
 * The Java half of the parity suite: programs that must print what CPython prints.
 *
 * <p>Each folder of {@code tests/parity/scenarios} holds a Python program and what CPython printed. Its twin is a method
 * with {@link Twin} in one of the {@code …Twins} classes here, the same program line by line. {@link ParityTest} runs the
 * twins and compares; start reading there.
 */
package dev.asyncio4j.tests.parity;
