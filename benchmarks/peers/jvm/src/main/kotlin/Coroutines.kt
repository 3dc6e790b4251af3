/** The workloads for Kotlin's coroutines, on the one event loop of runBlocking. */
package dev.asyncio4j.benchmarks.peers

import java.math.BigInteger
import java.util.Random
import kotlin.system.measureNanoTime
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.cancelChildren
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.joinAll
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import kotlinx.coroutines.yield

// ---- pyperformance's async_tree: six levels of coroutines, each waiting for six below it

class Tree(
    private val start: CoroutineStart = CoroutineStart.DEFAULT,
    private val leaf: suspend Tree.() -> Unit,
) {
    private val random = Random(0)
    private val cache = HashSet<Int>()

    suspend fun run(count: Int) = repeat(count) { recurse(6) }

    private suspend fun recurse(level: Int) {
        if (level == 0) return leaf()
        coroutineScope { List(6) { async(start = start) { recurse(level - 1) } }.awaitAll() }
    }

    suspend fun callDatabase() = delay(50)

    suspend fun lookUp() {
        val key = 1 + random.nextInt(100)
        if (key > 90 || cache.add(key)) callDatabase()
    }

    suspend fun computeOrLookUp() {
        if (random.nextDouble() < 0.5) product(1, 500) else lookUp()
    }
}

private fun product(first: Int, last: Int): BigInteger {
    if (last - first < 8) {
        return (first + 1..last).fold(first.toBigInteger()) { small, i -> small * i.toBigInteger() }
    }
    val middle = (first + last) ushr 1
    return product(first, middle) * product(middle + 1, last)
}

// ---- coroutines that never wait

private suspend fun fibonacci(n: Int): Int = if (n <= 1) n else fibonacci(n - 1) + fibonacci(n - 2)

private var sink = 0

private class Numbers(val left: Numbers?, val value: Int, val right: Numbers?) {
    fun walk(): Flow<Int> = flow {
        left?.walk()?.collect { emit(it) }
        emit(value)
        right?.walk()?.collect { emit(it) }
    }

    companion object {
        fun of(from: Int, to: Int): Numbers? {
            if (from >= to) return null
            val middle = (from + to) ushr 1
            return Numbers(of(from, middle), middle, of(middle + 1, to))
        }
    }
}

private suspend fun generators(count: Int) = repeat(count) {
    var sum = 0L
    Numbers.of(0, 100_000)!!.walk().collect { sum += it }
    check(sum == 4999950000L)
}

// ---- coroutines that start, wait, and go on

private suspend fun yieldOften(count: Int) = repeat(count) { yield() }

private suspend fun yieldInTurns(count: Int) = coroutineScope {
    List(1000) { launch { yieldOften(count / 1000) } }.joinAll()
}

private suspend fun createAwait(count: Int, start: CoroutineStart) = coroutineScope {
    repeat(count) { async(start = start) {}.await() }
}

private suspend fun futureSwitch(count: Int) = coroutineScope {
    val turns = Array(2) { CompletableDeferred<Boolean>() }
    suspend fun player(me: Int) = repeat(count / 2) {
        turns[me].await()
        turns[me] = CompletableDeferred()
        turns[1 - me].complete(true)
    }
    turns[0].complete(true)
    launch { player(0) }
    launch { player(1) }
}

private suspend fun handOver(count: Int, channel: Channel<Int>) = coroutineScope {
    launch { repeat(count) { channel.send(it) } }
    repeat(count) { channel.receive() }
}

private suspend fun limits(count: Int) = repeat(count) { withTimeout(10_000) { yield() } }

// ---- many at once

private fun memory(count: Int): Long = runBlocking {
    val before = Turns.liveHeap()
    repeat(count) { launch { delay(3_600_000) } }
    yield()
    val after = Turns.liveHeap()
    coroutineContext.cancelChildren()
    after - before
}

private suspend fun sleepers(count: Int, millis: Long) = coroutineScope {
    repeat(count) { launch { if (millis > 0) delay(millis) else yield() } }
}

// ----

private fun timed(body: suspend CoroutineScope.(Int) -> Unit) =
    Turns.Workload { count -> runBlocking { measureNanoTime { body(count) } } }

fun main(args: Array<String>) {
    val none = Tree {}
    val eager = Tree(CoroutineStart.UNDISPATCHED) {}
    val io = Tree { callDatabase() }
    val memoization = Tree { lookUp() }
    val mixed = Tree { computeOrLookUp() }
    Turns.take(
        mapOf(
            "async_tree_none" to timed { none.run(it) },
            "async_tree_eager" to timed { eager.run(it) },
            "async_tree_io" to timed { io.run(it) },
            "async_tree_memoization" to timed { memoization.run(it) },
            "async_tree_cpu_io_mixed" to timed { mixed.run(it) },
            "coroutines" to timed { count -> repeat(count) { sink += fibonacci(25) } },
            "async_generators" to timed { generators(it) },
            "sleep_zero" to timed { yieldOften(it) },
            "sleep_zero_1000" to timed { yieldInTurns(it) },
            "create_await" to timed { createAwait(it, CoroutineStart.DEFAULT) },
            "create_await_eager" to timed { createAwait(it, CoroutineStart.UNDISPATCHED) },
            "future_switch" to timed { futureSwitch(it) },
            "queue_1" to timed { handOver(it, Channel(1)) },
            "queue_100" to timed { handOver(it, Channel(100)) },
            "timeout" to timed { limits(it) },
            "task_memory" to Turns.Workload { memory(it) },
            "sleepers" to timed { sleepers(it, 10_000) },
            "live_tasks" to timed { sleepers(it, 0) },
        ),
        args[0],
    )
}
