package dev.asyncio4j.testing;

import dev.asyncio4j.Future;
import dev.asyncio4j.Task;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The table of who waits for what, and where. Loop thread only; it runs no code of the user's. */
final class WaitReport {

    private static final int MOST_ROWS = 100;

    private record Row(String task, String state, String place) {}

    private final Set<Task<?>> tasks;
    private final Set<Task<?>> blocked;
    private final List<ClockHold> holds;

    /** What is under way outside, each a phrase. */
    private final List<String> outside;

    WaitReport(Set<Task<?>> tasks, Set<Task<?>> blocked, List<ClockHold> holds, List<String> outside) {
        this.tasks = tasks;
        this.blocked = blocked;
        this.holds = holds;
        this.outside = outside;
    }

    String text() {
        var lines = new ArrayList<String>(table());
        if (tasks.isEmpty()) {
            lines.add("no task is left");
        } else if (tasks.size() > MOST_ROWS) {
            lines.add("and " + (tasks.size() - MOST_ROWS) + " more tasks");
        }
        holds.forEach(hold -> lines.add("the clock is held for " + hold));
        counted(outside)
                .forEach((what, times) ->
                        lines.add("under way outside: " + what + (times > 1 ? " (" + times + " times)" : "")));
        new WaitCycles(tasks).find().forEach(cycle -> lines.add("a circle: " + describe(cycle)));
        return lines.stream().collect(Collectors.joining("\n  ", "  ", ""));
    }

    /** How often each phrase occurs, in the order in which they occur first; not more than are of use. */
    private static Map<String, Integer> counted(List<String> phrases) {
        var counts = new LinkedHashMap<String, Integer>();
        phrases.stream().limit(MOST_ROWS).forEach(phrase -> counts.merge(phrase, 1, Integer::sum));
        return counts;
    }

    private List<String> table() {
        List<Row> rows = tasks.stream().limit(MOST_ROWS).map(this::row).toList();
        int taskWidth = width(rows.stream().map(Row::task).toList());
        int stateWidth = width(rows.stream().map(Row::state).toList());
        return rows.stream()
                .map(row -> padded(row.task(), taskWidth) + "  " + padded(row.state(), stateWidth) + "  " + row.place())
                .map(String::stripTrailing)
                .toList();
    }

    private static int width(Collection<String> column) {
        return column.stream().mapToInt(String::length).max().orElse(0);
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length());
    }

    private Row row(Task<?> task) {
        List<StackTraceElement> stack = task.getStack();
        String place = userFrame(stack).map(frame -> "at " + frame).orElse("");
        return new Row(task.name(), state(task, stack), place);
    }

    private String state(Task<?> task, List<StackTraceElement> stack) {
        Optional<Future<?>> awaited = task.waitingOn();
        if (awaited.isPresent()) {
            return "waits for " + awaited.get().describe();
        }
        if (stack.isEmpty()) {
            return "has not begun";
        }
        return blocked.contains(task) ? "blocks in " + method(blockingCall(stack)) : "is ready";
    }

    private static String method(StackTraceElement frame) {
        return frame.getClassName() + "." + frame.getMethodName();
    }

    /** What the user's code called: the last frame of the JDK above it. */
    private static StackTraceElement blockingCall(List<StackTraceElement> stack) {
        int user = 0;
        while (user < stack.size() && !isUserCode(stack.get(user))) {
            user++;
        }
        return stack.get(user == 0 || user == stack.size() ? 0 : user - 1);
    }

    private static Optional<StackTraceElement> userFrame(List<StackTraceElement> stack) {
        return stack.stream().filter(WaitReport::isUserCode).findFirst();
    }

    private static boolean isUserCode(StackTraceElement frame) {
        return !isOfTheJdk(frame.getClassName()) && !isOurs(frame.getClassName());
    }

    private static boolean isOfTheJdk(String className) {
        return className.startsWith("java.") || className.startsWith("jdk.") || className.startsWith("sun.");
    }

    private static final Set<String> OUR_ROOMS = Set.of("sync", "spi", "internal", "net", "process", "testing");

    /** Whether a class is of the root room, or of one of the rooms below it. */
    private static boolean isOurs(String className) {
        String root = "dev.asyncio4j.";
        if (!className.startsWith(root)) {
            return false;
        }
        String rest = className.substring(root.length());
        int dot = rest.indexOf('.');
        return dot < 0 || OUR_ROOMS.contains(rest.substring(0, dot));
    }

    private static String describe(List<Task<?>> cycle) {
        return cycle.stream().map(Task::name).collect(Collectors.joining(" waits for ")) + " waits for "
                + cycle.getFirst().name();
    }
}
