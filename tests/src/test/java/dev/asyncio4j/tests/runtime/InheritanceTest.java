package dev.asyncio4j.tests.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.asyncio4j.Asyncio;
import dev.asyncio4j.EventLoop;
import dev.asyncio4j.Future;
import dev.asyncio4j.Task;
import dev.asyncio4j.TaskOptions;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tasks inherit neither scoped values nor inheritable thread-locals, whoever creates them. */
class InheritanceTest {

    private static final InheritableThreadLocal<String> LOCAL = new InheritableThreadLocal<>();
    private static final ScopedValue<String> SCOPED = ScopedValue.newInstance();

    /** Who creates the task that looks, with both kinds of value bound where it does so. */
    enum Creator {
        TASK {
            @Override
            String create(EventLoop loop) {
                return bound(() -> loop.createTask(InheritanceTest::look)).await();
            }
        },
        TASK_EAGERLY {
            @Override
            String create(EventLoop loop) {
                return bound(() -> loop.createTask(InheritanceTest::look, TaskOptions.DEFAULT.withEagerStart(true)))
                        .await();
            }
        },
        CALLBACK {
            @Override
            String create(EventLoop loop) {
                Future<String> seen = loop.createFuture();
                loop.callSoon(() -> bound(() -> loop.createTask(() -> {
                    seen.setResult(look());
                    return true;
                })));
                return seen.await();
            }
        },
        FOREIGN_THREAD {
            @Override
            String create(EventLoop loop) {
                Future<String> seen = loop.createFuture();
                Thread.ofPlatform()
                        .start(() -> bound(() -> Asyncio.runCoroutineThreadsafe(
                                () -> {
                                    seen.setResult(look());
                                    return true;
                                },
                                loop)));
                return seen.await();
            }
        },
        TASK_IN_A_GROUP {
            @Override
            String create(EventLoop loop) {
                return dev.asyncio4j.TaskGroup.call(group ->
                        bound(() -> group.createTask(InheritanceTest::look)).await());
            }
        };

        abstract String create(EventLoop loop);

        static <T> T bound(ScopedValue.CallableOp<T, RuntimeException> body) {
            LOCAL.set("local");
            try {
                return ScopedValue.where(SCOPED, "scoped").call(body);
            } finally {
                LOCAL.remove();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void task_createdWithValuesBound_seesNone(Creator creator) throws Exception {
        var seen = new CompletableFuture<String>();

        Scene.run(() -> seen.complete(creator.create(Asyncio.getRunningLoop())));

        assertThat(seen.join()).isEqualTo("null, unbound");
    }

    @Test
    void mainTask_ofAThreadWithValuesBound_seesNone() throws Exception {
        String seen = Scene.play(() -> Creator.bound(() -> Asyncio.run(InheritanceTest::look)));

        assertThat(seen).isEqualTo("null, unbound");
    }

    @Test
    void callback_ofAThreadWithValuesBound_seesNone() throws Exception {
        String seen = Scene.play(() -> Creator.bound(() -> Asyncio.run(() -> {
            EventLoop loop = Asyncio.getRunningLoop();
            Future<String> looked = loop.createFuture();
            loop.callSoon(() -> looked.setResult(look()));
            return looked.await();
        })));

        assertThat(seen).isEqualTo("null, unbound");
    }

    /** A task's own thread-locals are its own: those of the task before it on the loop are not there. */
    @Test
    void tasks_oneAfterAnother_shareNoThreadLocals() throws Exception {
        String seen = Scene.play(() -> Asyncio.run(() -> {
            Task<?> first = Asyncio.createTask(() -> LOCAL.set("first's"));
            first.await();
            return Asyncio.createTask(InheritanceTest::look).await();
        }));

        assertThat(seen).isEqualTo("null, unbound");
    }

    private static String look() {
        return LOCAL.get() + ", " + (SCOPED.isBound() ? SCOPED.get() : "unbound");
    }
}
