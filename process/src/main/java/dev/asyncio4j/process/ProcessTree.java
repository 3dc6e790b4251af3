package dev.asyncio4j.process;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Signals to processes, and the end of a whole family of them. Any thread but a loop's: each call takes milliseconds. */
final class ProcessTree {

    private static final String SIGSTOP = "STOP";

    private ProcessTree() {}

    /**
     * Kills a process and all that descend from it.
     *
     * <p>Who is killed between its fork and our look leaves a child that nobody finds any more. So all are stopped first: a
     * process that is stopped starts no others, and once a look finds nobody new the family is complete.
     */
    static void kill(ProcessHandle root) {
        Set<ProcessHandle> family = new LinkedHashSet<>();
        List<ProcessHandle> found = List.of(root);
        while (!found.isEmpty()) {
            family.addAll(found);
            stop(found);
            found = root.descendants()
                    .filter(descendant -> !family.contains(descendant))
                    .toList();
        }
        family.forEach(ProcessHandle::destroyForcibly);
    }

    /** Some may have ended meanwhile: a complaint about them is none. Where there are no signals, nobody is stopped. */
    private static void stop(List<ProcessHandle> processes) {
        if (Stdio.ON_WINDOWS) {
            return;
        }
        try {
            signal(SIGSTOP, processes);
        } catch (IOException e) {
            // They are killed all the same; only one that starts another at this moment can leave it behind.
        }
    }

    /**
     * Sends a signal, by the program {@code kill} of the shell.
     *
     * @return what that program complained of; empty if it was satisfied
     */
    static String signal(String signal, List<ProcessHandle> processes) throws IOException {
        String pids = processes.stream().map(process -> "" + process.pid()).collect(Collectors.joining(" "));
        var kill = new ProcessBuilder("/bin/sh", "-c", "kill -" + signal + " " + pids)
                .redirectErrorStream(true)
                .start();
        try (var output = kill.inputReader()) {
            String complaint = output.readAllAsString();
            return kill.waitFor() == 0 ? "" : complaint.strip();
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        }
    }
}
