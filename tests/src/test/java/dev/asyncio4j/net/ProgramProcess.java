package dev.asyncio4j.net;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** Prepares a process of its own for a program of this suite, with the flags that this one was given. */
final class ProgramProcess {

    private ProgramProcess() {}

    static ProcessBuilder of(Class<?> program, String... options) {
        var java = ProcessHandle.current().info().command().orElse("java");
        var command = new ArrayList<>(List.of(java));
        command.addAll(List.of(options));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--"))
                .toList());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        return new ProcessBuilder(command);
    }
}
