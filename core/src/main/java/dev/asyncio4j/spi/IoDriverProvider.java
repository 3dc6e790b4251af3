package dev.asyncio4j.spi;

import java.util.Comparator;
import java.util.ServiceLoader;

/**
 * Opens drivers for new event loops; found by {@link java.util.ServiceLoader}.
 *
 * <p>Where several are present the one with the highest {@link #priority} that is {@linkplain #isAvailable available}
 * wins. Without any, a loop parks its thread while it waits.
 */
public interface IoDriverProvider {

    /**
     * Returns the name of this kind of driver.
     *
     * @return a short lower-case name, such as {@code netty}
     */
    String name();

    /**
     * Returns how much this provider is to be preferred.
     *
     * @return any number; the highest wins
     */
    default int priority() {
        return 0;
    }

    /**
     * Tells whether {@link #open} can work on this machine.
     *
     * @return false to be passed over
     */
    default boolean isAvailable() {
        return true;
    }

    /**
     * Opens a driver.
     *
     * <p><b>Threads.</b> Called by the thread that makes the loop, which need not be the one that will run it: the first
     * call of {@link IoDriver#poll} tells the driver its thread. A loop that is run again may be run by another thread.
     *
     * @return a new driver
     */
    IoDriver open();

    /**
     * Opens the best driver that is on the path.
     *
     * @return that of the available provider with the highest {@link #priority}, or a {@link ParkingDriver}
     */
    static IoDriver openBest() {
        return ServiceLoader.load(IoDriverProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(IoDriverProvider::isAvailable)
                .max(Comparator.comparingInt(IoDriverProvider::priority))
                .map(IoDriverProvider::open)
                .orElseGet(ParkingDriver::new);
    }
}
