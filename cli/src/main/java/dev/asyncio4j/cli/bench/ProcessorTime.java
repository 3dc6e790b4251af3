package dev.asyncio4j.cli.bench;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * The processor time that another process has used.
 *
 * <p>{@link ProcessHandle.Info} tells it in hundredths of a second on Linux, too coarse for a measurement of fifty
 * milliseconds. The system has a clock for each process, which is exact.
 */
@SuppressWarnings("restricted") // the launcher permits native calls
final class ProcessorTime {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int CLOCK_OF_SCHEDULER = 2;
    private static final int PID_SHIFT = 3;

    private static final Optional<MethodHandle> CLOCK_GETTIME =
            System.getProperty("os.name").equals("Linux")
                    ? Linker.nativeLinker()
                            .defaultLookup()
                            .find("clock_gettime")
                            .map(address -> Linker.nativeLinker()
                                    .downcallHandle(
                                            address,
                                            FunctionDescriptor.of(
                                                    ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS)))
                    : Optional.empty();

    private ProcessorTime() {}

    /** Returns what a process has used so far, in nanoseconds. */
    static long of(Process process) {
        return CLOCK_GETTIME
                .map(clock -> read(clock, process.pid()))
                .filter(nanos -> nanos >= 0)
                .orElseGet(() -> process.info().totalCpuDuration().orElseThrow().toNanos());
    }

    /** Reads the clock of a process; -1 if that is refused. */
    private static long read(MethodHandle clock, long pid) {
        try (var arena = Arena.ofConfined()) {
            MemorySegment time = arena.allocate(ValueLayout.JAVA_LONG, 2);
            var id = (int) (~pid << PID_SHIFT) | CLOCK_OF_SCHEDULER;
            if ((int) clock.invokeExact(id, time) != 0) {
                return -1;
            }
            return time.getAtIndex(ValueLayout.JAVA_LONG, 0) * NANOS_PER_SECOND
                    + time.getAtIndex(ValueLayout.JAVA_LONG, 1);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new LinkageError("clock_gettime cannot be called", e);
        }
    }
}
