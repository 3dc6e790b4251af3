package dev.asyncio4j.cli.bench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A contestant's program for one workload, started and waiting for its turns. */
final class Entry implements AutoCloseable {

    private static final String READY = "ready";
    private static final int PATIENCE_SECONDS = 180;
    private static final int KILO = 1024;

    /** What stands for the end of the output. */
    private static final String END = "";

    private final Contestant contestant;
    private final Workload workload;
    private final Process process;
    private final BufferedWriter in;
    private final BlockingQueue<String> out = new LinkedBlockingQueue<>();
    private final Path errors;
    private final List<Double> figures = new ArrayList<>();

    private @Nullable EchoClients clients;
    private int count;
    private long turnsNanos;
    private double first = Double.NaN;

    /** Processor time of all turns together. */
    private long turnsProcessorNanos;

    private Entry(Contestant contestant, Workload workload, Process process, Path errors) {
        this.contestant = contestant;
        this.workload = workload;
        this.process = process;
        this.errors = errors;
        this.in = process.outputWriter(StandardCharsets.UTF_8);
        // A server does not end by itself when this is interrupted.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    }

    /** Starts a contestant's program. */
    static Entry start(Contestant contestant, Workload workload) throws IOException {
        var errors = Files.createTempFile("asyncio-bench", ".log");
        var process = new ProcessBuilder(contestant.program().toString(), workload.program())
                .redirectError(errors.toFile())
                .start();
        var entry = new Entry(contestant, workload, process, errors);
        Thread.ofPlatform().daemon().name("output of " + contestant.name()).start(entry::readOutput);
        return entry;
    }

    /** Waits until the program is ready; false if it does not have this workload. */
    boolean begin() throws IOException {
        if (!answer().equals(READY)) {
            return false;
        }
        openServer();
        return true;
    }

    private void readOutput() {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            reader.lines().forEach(out::add);
        } catch (IOException | UncheckedIOException e) {
            // The process was ended; what it has said is in the queue.
        } finally {
            out.add(END);
        }
    }

    private void openServer() throws IOException {
        if (workload.isServer()) {
            tell(1);
            clients = EchoClients.connect(Integer.parseInt(answer()), workload.connections());
        }
    }

    Contestant contestant() {
        return contestant;
    }

    /** Looks for a count that takes long enough, which warms up too, and keeps on until the warm-up is over. */
    void warmUp(Pace pace) throws IOException {
        count = workload.count().orElse(pace.firstCount(workload));
        var spent = 0L;
        while (spent < pace.warmUp(workload).toNanos() && pace.warmsUp(workload)) {
            var measured = measure();
            spent += Math.max(measured, 1);
            if (workload.count().isEmpty() && measured < pace.shortest(workload).toNanos()) {
                count = Math.min(count * 2, pace.largestCount());
            }
        }
    }

    /** Takes one turn that counts. */
    void takeTurn() throws IOException {
        var before = processorNanos();
        var measured = measure();
        figures.add(workload.figure(measured, count));
        turnsNanos += measured;
        turnsProcessorNanos += processorNanos() - before;
    }

    boolean isMeasured(Pace pace) {
        return pace.isEnough(figures.size(), turnsNanos);
    }

    private long measure() throws IOException {
        EchoClients callers = clients;
        var measured = callers == null ? timed() : processorTimeOf(callers);
        if (Double.isNaN(first)) {
            first = workload.figure(measured, count);
        }
        return measured;
    }

    private long timed() throws IOException {
        tell(count);
        return Long.parseLong(answer());
    }

    private long processorTimeOf(EchoClients callers) throws IOException {
        var before = processorNanos();
        callers.call(count);
        return processorNanos() - before;
    }

    private long processorNanos() {
        return ProcessorTime.of(process);
    }

    private void tell(int value) throws IOException {
        in.write(Integer.toString(value));
        in.newLine();
        in.flush();
    }

    private String answer() throws IOException {
        try {
            var line = out.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (line == null) {
                throw new IOException(contestant.name() + " did not answer within " + PATIENCE_SECONDS + " s");
            }
            if (line.equals(END)) {
                throw new IOException(contestant.name() + " ended; it said: " + lastError());
            }
            return line;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private String lastError() throws IOException {
        return Files.readAllLines(errors).stream()
                .filter(line -> !line.isBlank())
                .reduce((before, last) -> last)
                .orElse("nothing");
    }

    Figures figures() {
        var cpu = workload.figure(turnsProcessorNanos, count) / figures.size();
        return Figures.of(contestant, workload, first, figures, cpu, peakMegabytes());
    }

    /** The high-water mark of the resident memory, which Linux keeps. */
    private OptionalLong peakMegabytes() {
        try (var lines = Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / KILO)
                    .findFirst();
        } catch (IOException | UncheckedIOException e) {
            return OptionalLong.empty();
        }
    }

    @Override
    public void close() throws IOException {
        if (clients != null) {
            clients.close();
        }
        process.destroyForcibly();
        Files.deleteIfExists(errors);
    }
}
