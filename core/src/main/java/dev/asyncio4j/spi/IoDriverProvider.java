package dev.asyncio4j.spi;

/** Offers an I/O driver to a loop; found as a service. */
public interface IoDriverProvider {}
