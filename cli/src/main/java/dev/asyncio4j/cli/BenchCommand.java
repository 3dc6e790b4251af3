package dev.asyncio4j.cli;

import dev.asyncio4j.cli.bench.Competition;
import dev.asyncio4j.cli.bench.Contestant;
import dev.asyncio4j.cli.bench.DocsPage;
import dev.asyncio4j.cli.bench.Figures;
import dev.asyncio4j.cli.bench.JsonReport;
import dev.asyncio4j.cli.bench.Machine;
import dev.asyncio4j.cli.bench.Pace;
import dev.asyncio4j.cli.bench.Report;
import dev.asyncio4j.cli.bench.SvgPlot;
import dev.asyncio4j.cli.bench.Workload;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code asyncio bench}: measures asyncio4j beside its peers. */
@Command(
        name = "bench",
        description = "Measure asyncio4j beside its peers: all workloads, or those named.",
        footer = {"", "Peers are installed by benchmarks/install-peers.sh. The exit code is 1 if a target was missed."})
final class BenchCommand implements Callable<Integer> {

    /** Whom a quick run measures: ours, and those that the targets are about. */
    private static final Set<String> QUICK_PEERS = Set.of(Contestant.OURS, "cpython-3.13", "cpython-3.11", "uvloop");

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = "--peers",
            split = ",",
            paramLabel = "PEER",
            description = "Whom to measure beside ours, by their folders' names; 'none' for nobody.")
    private List<String> peers = List.of();

    @Option(names = "--quick", description = "A first look in a few minutes: fewer peers, shorter measurements.")
    private boolean quick;

    @Option(names = "--json", paramLabel = "FILE", description = "Write all figures to a file.")
    private @Nullable Path json;

    @Option(names = "--svg", paramLabel = "FILE", description = "Draw all rows into a file.")
    private @Nullable Path svg;

    @Option(
            names = "--docs",
            paramLabel = "FOLDER",
            description = "Write the figures and plots into the page benchmarks.md of a folder.")
    private @Nullable Path docs;

    @Option(names = "--from", paramLabel = "FILE", description = "Take figures that --json wrote; measure nothing.")
    private @Nullable Path from;

    @Option(names = "--list", description = "List the workloads, and who is there; measure nothing.")
    private boolean list;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this text and exit.")
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private boolean help;

    @Parameters(paramLabel = "WORKLOAD", description = "Names from benchmarks/workloads.txt; none for all.")
    private List<String> names = List.of();

    @Override
    public Integer call() throws IOException, InterruptedException {
        var folder = benchmarks();
        var out = spec.commandLine().getOut();
        var workloads = chosen(Workload.readAll(folder.resolve("workloads.txt")));
        if (from == null) {
            build(folder);
        }
        var contestants = present(Contestant.findAll(folder.resolve("peers")), out);
        if (list) {
            workloads.forEach(workload -> out.println(workload.name() + ": " + workload.text()));
            return 0;
        }
        var rows = from != null
                ? JsonReport.read(Files.readString(from), workloads)
                : hold(workloads, new Competition(contestants, quick ? Pace.QUICK : Pace.FULL, out::println), out);
        out.print(Report.table(rows));
        write(json, JsonReport.of(rows));
        write(svg, SvgPlot.of(rows));
        if (docs != null) {
            DocsPage.write(docs, Machine.describe(Contestant.findAll(folder.resolve("peers"))), rows);
        }
        return Report.missed(rows).isEmpty() ? 0 : 1;
    }

    private static List<List<Figures>> hold(List<Workload> workloads, Competition competition, PrintWriter out) {
        var rows = new ArrayList<List<Figures>>();
        for (var workload : workloads) {
            var row = competition.hold(workload);
            if (!row.isEmpty()) {
                rows.add(row);
                out.println(Report.row(row));
                out.flush();
            }
        }
        return rows;
    }

    private List<Workload> chosen(List<Workload> all) {
        var known = all.stream().map(Workload::name).toList();
        for (var name : names) {
            if (!known.contains(name)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "There is no workload '" + name + "'; there are " + String.join(", ", known));
            }
        }
        return all.stream()
                .filter(workload -> names.isEmpty() || names.contains(workload.name()))
                .toList();
    }

    private List<Contestant> present(List<Contestant> all, PrintWriter out) throws IOException {
        var taking = new ArrayList<Contestant>();
        for (var contestant : all) {
            if (!isWanted(contestant.name())) {
                continue;
            }
            var presence = contestant.presence();
            out.printf("%-20s %s%n", contestant.name(), (presence.isPresent() ? "" : "missing: ") + presence.text());
            if (presence.isPresent()) {
                taking.add(contestant);
            }
        }
        loadAverage().ifPresent(load -> out.println("load average         " + load));
        out.println();
        out.flush();
        return taking;
    }

    /** How busy the machine is already: above a half or so, only the least figures mean something. */
    private static Optional<String> loadAverage() throws IOException {
        var file = Path.of("/proc/loadavg");
        return Files.exists(file)
                ? Optional.of(Files.readString(file).lines().findFirst().orElse(""))
                : Optional.empty();
    }

    private boolean isWanted(String name) {
        if (!peers.isEmpty()) {
            return name.equals(Contestant.OURS) || peers.contains(name);
        }
        return !quick || QUICK_PEERS.contains(name);
    }

    /** The folder of the benchmarks in the checkout that this was built in, or in the current one. */
    private Path benchmarks() {
        for (var folder = ownPlace(); folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve("benchmarks/workloads.txt"))) {
                return folder.resolve("benchmarks");
            }
        }
        throw new ParameterException(spec.commandLine(), "The benchmarks are run from a checkout of asyncio4j.");
    }

    private static @Nullable Path ownPlace() {
        try {
            return Path.of(BenchCommand.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            return Path.of("").toAbsolutePath();
        }
    }

    private void build(Path folder) throws IOException, InterruptedException {
        var status = new ProcessBuilder(folder.resolve("build.sh").toString())
                .inheritIO()
                .start()
                .waitFor();
        if (status != 0) {
            throw new ParameterException(spec.commandLine(), "The benchmarks could not be built; see above.");
        }
    }

    private static void write(@Nullable Path file, String text) throws IOException {
        if (file != null) {
            Files.writeString(file, text);
        }
    }
}
