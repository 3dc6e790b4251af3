package dev.asyncio4j.tests.memory;

import dev.asyncio4j.Asyncio;
import io.netty.util.internal.PlatformDependent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * What this process holds, after a full collection.
 *
 * @param figures by name, in the order in which they are shown
 * @param instances how many objects of each class of the library there are, and of the threads that it starts
 */
record Footprint(Map<String, Long> figures, Map<String, Long> instances) {

    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    /** Takes stock, on the loop. */
    static Footprint now() {
        collecting(() -> {
            System.gc();
            return true;
        });
        Map<String, Long> instances = collecting(Footprint::instancesAfterCollection);
        var figures = new LinkedHashMap<String, Long>();
        figures.put("tasks", (long) Asyncio.allTasks().size());
        figures.put("timers", count(instances, "TimerHandle"));
        figures.put("handles", count(instances, "Handle"));
        figures.put("objects", instances.values().stream().mapToLong(n -> n).sum());
        figures.put("descriptors", descriptors());
        figures.put("threads", threads());
        figures.put("direct bytes", directBytes());
        figures.put("leak reports", LeakReports.count());
        return new Footprint(figures, instances);
    }

    /**
     * Collects, and waits until the JVM has begun to tell those who watch over objects what was found. It is through with
     * one collection before it begins with what the next has found: after two of them, all know what the first found.
     */
    private static <T> T collecting(Supplier<T> collection) {
        var told = new ReferenceQueue<Object>();
        var watched = new WeakReference<>(new Object(), told);
        try {
            T result = collection.get();
            told.remove();
            return result;
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while taking stock", e);
        } finally {
            Reference.reachabilityFence(watched);
        }
    }

    /** What has come since then, by name; negative for what has gone. */
    Map<String, Long> since(Footprint before) {
        return difference(figures, before.figures);
    }

    /** The classes of which there are more or fewer objects than then. */
    Map<String, Long> classesSince(Footprint before) {
        Map<String, Long> difference = difference(instances, before.instances);
        difference.values().removeIf(n -> n == 0);
        return difference;
    }

    private static Map<String, Long> difference(Map<String, Long> now, Map<String, Long> then) {
        var difference = new LinkedHashMap<String, Long>();
        Stream.concat(now.keySet().stream(), then.keySet().stream())
                .distinct()
                .forEach(name -> difference.put(name, now.getOrDefault(name, 0L) - then.getOrDefault(name, 0L)));
        return difference;
    }

    private static long count(Map<String, Long> instances, String simpleName) {
        return instances.getOrDefault("dev.asyncio4j." + simpleName, 0L);
    }

    private static long descriptors() {
        try (Stream<Path> open = Files.isDirectory(DESCRIPTORS) ? Files.list(DESCRIPTORS) : Stream.empty()) {
            return open.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** But for those that pools of the JDK start as they need them, and keep for a minute. */
    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> !name.startsWith("process reaper") && !name.startsWith("ForkJoinPool"))
                .count();
    }

    private static long directBytes() {
        long ofTheJdk = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
        return ofTheJdk + Math.max(0, PlatformDependent.usedDirectMemory());
    }

    /** The histogram of {@code jcmd}, which collects first. */
    private static Map<String, Long> instancesAfterCollection() {
        try {
            Object histogram = ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "gcClassHistogram",
                            new Object[] {new String[0]},
                            new String[] {String[].class.getName()});
            return histogram
                    .toString()
                    .lines()
                    .map(line -> line.trim().split("\\s+"))
                    .filter(columns -> columns.length >= 4 && isCounted(columns[3]))
                    .collect(Collectors.toMap(
                            columns -> columns[3], columns -> Long.parseLong(columns[1]), Long::sum, TreeMap::new));
        } catch (JMException e) {
            throw new IllegalStateException("this JVM gives no histogram", e);
        }
    }

    private static boolean isCounted(String type) {
        return (type.startsWith("dev.asyncio4j.") && !type.startsWith("dev.asyncio4j.tests."))
                || type.startsWith("java.lang.VirtualThread")
                || type.startsWith("io.netty.channel.");
    }
}
