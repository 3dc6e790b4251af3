/**
 * What tasks share: locks, events, conditions, semaphores, barriers and queues.
 *
 * <p>Read {@link dev.asyncio4j.sync.Lock} first, then {@link dev.asyncio4j.sync.Queue}. Nothing here blocks a thread: who
 * has to wait suspends its task. Between two waits no other task of the loop runs, so plain fields need no lock; these are
 * for what has to stay as it is <em>across</em> a wait.
 *
 * <p>Every type here belongs to one event loop from the first time that a task really has to wait for it; another loop may
 * use it as long as nobody has to wait (LOCK-1). None is for several threads: hand a call over with
 * {@link dev.asyncio4j.EventLoop#callSoonThreadsafe}. The {@code wait} and {@code notify} that all objects have are
 * {@link Object}'s and not what is meant: it is {@code await} and {@code signal} here.
 *
 * <p>This room imports {@code dev.asyncio4j} and nothing else of ours. It uses public parts only.
 */
@NullMarked
package dev.asyncio4j.sync;

import org.jspecify.annotations.NullMarked;
