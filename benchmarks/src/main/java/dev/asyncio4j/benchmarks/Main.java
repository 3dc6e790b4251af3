package dev.asyncio4j.benchmarks;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * Runs one workload as often as it is told to: reads a count, does the workload that many times, answers with the
 * nanoseconds it took, until its input ends. All programs in {@code benchmarks/peers} do the same, so that whoever asks can
 * give them turns.
 */
final class Main {

    private Main() {}

    public static void main(String[] args) throws Exception {
        var workload = Workloads.BY_NAME.get(args[0]);
        if (workload == null) {
            System.out.println("unsupported");
            return;
        }
        System.out.println("ready");
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (var count = in.readLine(); count != null; count = in.readLine()) {
            System.out.println(workload.measure(Integer.parseInt(count)));
        }
    }
}
