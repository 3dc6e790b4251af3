package dev.asyncio4j.snippets;

import static dev.asyncio4j.Asyncio.atomically;
import static dev.asyncio4j.Asyncio.createTask;
import static dev.asyncio4j.Asyncio.gather;
import static dev.asyncio4j.Asyncio.getRunningLoop;
import static dev.asyncio4j.Asyncio.sleep;
import static dev.asyncio4j.Asyncio.toThread;
import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.BaseEventLoop;
import dev.asyncio4j.CancelledError;
import dev.asyncio4j.ContextVar;
import dev.asyncio4j.Coroutine;
import dev.asyncio4j.Task;
import dev.asyncio4j.TaskFactory;
import dev.asyncio4j.TaskOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What docs/concurrency.md shows. */
class ConcurrencyTest {

    private final List<String> printed = new ArrayList<>();

    private void print(Object line) {
        printed.add(String.valueOf(line));
    }

    @Test
    void betweenTwoWaits_nothingElseRuns() {
        Asyncio.run(() -> gather(() -> safe(), () -> safe()));
        assertThat(count).isEqualTo(2);
    }

    @Test
    void acrossAWait_othersRun() {
        Asyncio.run(() -> gather(() -> unsafe(), () -> unsafe()));
        assertThat(count).isEqualTo(1);
    }

    // @start region="safe"
    int count;

    void safe() {
        var before = count;
        count = before + 1; // no wait since `before` was read: right, without a lock
    }

    void unsafe() {
        var before = count;
        sleep(Duration.ZERO); // the other task runs here
        count = before + 1; // and this loses what it counted
    }
    // @end

    @Test
    void atomically_wait_throws() {
        Asyncio.run(() -> {
            // @start region="atomically"
            try {
                atomically(() -> unsafe());
            } catch (IllegalStateException e) {
                print("a wait was found");
            }
            // @end
        });
        assertThat(printed).containsExactly("a wait was found");
    }

    @Test
    void cancel_isThrownAtTheWait() {
        Asyncio.run(() -> {
            // @start region="cancel"
            var task = createTask(() -> {
                try {
                    sleep(Duration.ofHours(1));
                } catch (CancelledError cancelled) {
                    print("tidying up: " + cancelled.getMessage());
                    throw cancelled;
                }
            });
            sleep(Duration.ZERO); // the task runs to its wait
            task.cancel("closing time"); // asks; nothing has happened yet
            print("asked");
            Asyncio.wait(List.of(task)); // now it has
            print("cancelled: " + task.cancelled());
            // @end
        });
        assertThat(printed).containsExactly("asked", "tidying up: closing time", "cancelled: true");
    }

    @Test
    @Tag("native")
    void blockingCall_onTheNativeRuntime_leavesTheLoopToOthers() {
        Asyncio.run(() -> {
            // @start region="blocking"
            var mailbox = new ArrayBlockingQueue<String>(1); // of java.util.concurrent
            var reader = createTask(() -> mailbox.take()); // blocks its task, and not the loop
            createTask(() -> mailbox.put("a letter"));
            print(reader.await());
            // @end
        });
        assertThat(printed).containsExactly("a letter");
    }

    @Test
    @Tag("native")
    void cancel_inABlockingCall_arrivesAsAnInterrupt() {
        Asyncio.run(() -> {
            // @start region="interrupt"
            var mailbox = new ArrayBlockingQueue<String>(1);
            var reader = createTask(() -> mailbox.take());
            sleep(Duration.ZERO);
            reader.cancel(); // interrupts the thread that is in take()
            try {
                reader.await();
            } catch (CancelledError cancelled) {
                print("cancelled, because of " + cancelled.getCause());
            }
            // @end
        });
        assertThat(printed).containsExactly("cancelled, because of java.lang.InterruptedException");
    }

    // @start region="contextvar"
    static final ContextVar<String> USER = new ContextVar<>("user", "nobody");

    void contextTravels() {
        USER.set("Ada");
        var task = createTask(() -> {
            print(USER.get()); // Ada: a task gets a copy of its creator's context
            USER.set("Grace"); // changes the copy
        });
        task.await();
        print(USER.get()); // Ada
        print(toThread(() -> USER.get())); // Ada, on another thread
    }
    // @end

    @Test
    void contextVar_task_getsACopy() {
        Asyncio.run(this::contextTravels);
        assertThat(printed).containsExactly("Ada", "Ada", "Ada");
    }

    // @start region="mdc"
    static final ContextVar<Map<String, String>> LOGGED = new ContextVar<>("logged", Map.of());

    /** Has the log lines of this task, and of all it starts from now on, show a value. */
    static void logged(String key, String value) {
        var fields = new HashMap<>(LOGGED.get());
        fields.put(key, value);
        LOGGED.set(Map.copyOf(fields));
        MDC.setContextMap(fields);
    }

    /** Gives each task's thread what its context says. */
    static final TaskFactory WITH_MDC = new TaskFactory() {
        @Override
        public <T> Task<T> create(BaseEventLoop loop, Coroutine<T, ?> body, TaskOptions options) {
            return loop.newTask(
                    () -> {
                        MDC.setContextMap(LOGGED.get());
                        return body.run();
                    },
                    options);
        }
    };
    // @end

    @Test
    void mdc_taskOfATask_hasItsCreatorsFields() {
        Asyncio.run(() -> {
            // @start region="mdc-use"
            getRunningLoop().setTaskFactory(WITH_MDC);
            logged("request", "42");
            createTask(() -> print(MDC.get("request"))).await(); // 42
            // @end
        });
        assertThat(printed).containsExactly("42");
    }

    /** Stands for {@code org.slf4j.MDC}: a map for each thread. */
    private static final class MDC {
        private static final ThreadLocal<Map<String, String>> FIELDS = ThreadLocal.withInitial(Map::of);

        static void setContextMap(Map<String, String> fields) {
            FIELDS.set(Map.copyOf(fields));
        }

        static String get(String key) {
            return FIELDS.get().get(key);
        }
    }
}
