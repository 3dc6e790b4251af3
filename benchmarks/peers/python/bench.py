"""The workloads for CPython's asyncio, with its own loop or with uvloop's.

Runs one workload as often as it is told to: reads a count, does the workload that many times, answers with the
nanoseconds it took, until its input ends.
"""

import asyncio
import math
import os
import random
import resource
import sys
import threading
import time

# ---- pyperformance's async_tree


class AsyncTree:
    """Six levels of tasks, each waiting for six below it, and a workload in the leaves."""

    def __init__(self, leaf, task_groups=False):
        self.leaf = leaf
        self.task_groups = task_groups
        self.random = random.Random(0)
        self.cache = set()

    async def run(self, count):
        for _ in range(count):
            await self.recurse(6)

    async def recurse(self, level):
        if level == 0:
            await self.leaf(self)
        elif self.task_groups:
            async with asyncio.TaskGroup() as group:
                for _ in range(6):
                    group.create_task(self.recurse(level - 1))
        else:
            await asyncio.gather(*[self.recurse(level - 1) for _ in range(6)])


async def nothing(tree):
    pass


async def call_database(tree):
    await asyncio.sleep(0.05)


async def look_up(tree):
    key = tree.random.randint(1, 100)
    if key <= 90:
        if key in tree.cache:
            return
        tree.cache.add(key)
    await call_database(tree)


async def compute_or_look_up(tree):
    if tree.random.random() < 0.5:
        math.factorial(500)
    else:
        await look_up(tree)


# ---- coroutines that never wait


async def fibonacci(n):
    return n if n <= 1 else await fibonacci(n - 1) + await fibonacci(n - 2)


async def coroutines(count):
    for _ in range(count):
        await fibonacci(25)


class Tree:
    """A balanced tree of numbers."""

    def __init__(self, left, value, right):
        self.left = left
        self.value = value
        self.right = right

    async def __aiter__(self):
        if self.left:
            async for number in self.left:
                yield number
        yield self.value
        if self.right:
            async for number in self.right:
                yield number


def tree_of(numbers):
    if not numbers:
        return None
    middle = len(numbers) // 2
    return Tree(tree_of(numbers[:middle]), numbers[middle], tree_of(numbers[middle + 1 :]))


async def async_generators(count):
    for _ in range(count):
        total = 0
        async for number in tree_of(range(100_000)):
            total += number
        assert total == sum(range(100_000))


# ---- tasks that start, wait, and go on


async def sleep_zero(count):
    for _ in range(count):
        await asyncio.sleep(0)


async def sleep_zero_1000(count):
    await asyncio.gather(*[sleep_zero(count // 1000) for _ in range(1000)])


async def noop():
    pass


async def create_await(count):
    loop = asyncio.get_running_loop()
    for _ in range(count):
        await loop.create_task(noop())


async def future_switch(count):
    loop = asyncio.get_running_loop()
    turns = [loop.create_future(), loop.create_future()]

    async def player(me):
        for _ in range(count // 2):
            await turns[me]
            turns[me] = loop.create_future()
            turns[1 - me].set_result(True)

    turns[0].set_result(True)
    await asyncio.gather(player(0), player(1))


def queue_of(size):
    async def hand_over(count):
        queue = asyncio.Queue(size)

        async def produce():
            for i in range(count):
                await queue.put(i)

        producer = asyncio.create_task(produce())
        for _ in range(count):
            await queue.get()
        await producer

    return hand_over


# ---- callbacks


class Countdown:
    """Completes a future when it has been called so often."""

    def __init__(self, loop, count):
        self.over = loop.create_future()
        self.left = count

    def __call__(self):
        self.left -= 1
        if self.left == 0:
            self.over.set_result(True)


async def call_soon(count):
    loop = asyncio.get_running_loop()
    for _ in range(count // 1000):
        countdown = Countdown(loop, 1000)
        for _ in range(1000):
            loop.call_soon(countdown)
        await countdown.over


async def call_soon_threadsafe(count):
    loop = asyncio.get_running_loop()
    countdown = Countdown(loop, count)

    def produce():
        for _ in range(count):
            loop.call_soon_threadsafe(countdown)

    producer = threading.Thread(target=produce)
    producer.start()
    await countdown.over
    producer.join()


async def call_later_cancel(count):
    loop = asyncio.get_running_loop()
    for _ in range(count // 1000):
        for _ in range(1000):
            loop.call_later(30, noop).cancel()
        await asyncio.sleep(0)


async def timers(count):
    loop = asyncio.get_running_loop()
    chance = random.Random(0)
    countdown = Countdown(loop, count)
    for _ in range(count):
        loop.call_later(chance.random() * count * 100e-9, countdown)
    await countdown.over


async def timer_lateness(count):
    """Of so many timers one in a hundred is not cancelled: how late the latest of a hundred fires, in nanoseconds."""
    loop = asyncio.get_running_loop()
    chance = random.Random(0)
    base = loop.time() + 5
    late = []
    over = loop.create_future()

    def fired(when):
        late.append(loop.time() - when)
        if len(late) == count // 100:
            over.set_result(None)

    for i in range(count):
        when = base + 3 * chance.random()
        timer = loop.call_at(when, fired, when)
        if i % 100:
            timer.cancel()
    await over
    late.sort()
    if late[0] < 0:
        raise AssertionError(f"a timer fired {-late[0]} s early")
    return round(late[len(late) * 99 // 100] * 1e9)


# ---- limits that are not reached


async def yield_once():
    await asyncio.sleep(0)


async def timeout(count):
    for _ in range(count):
        async with asyncio.timeout(10):
            await asyncio.sleep(0)


async def wait_for(count):
    for _ in range(count):
        await asyncio.wait_for(yield_once(), 10)


# ---- many tasks at once


def resident_bytes():
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[1]) * 4096


async def task_memory(count):
    before = resident_bytes()
    tasks = [asyncio.create_task(asyncio.sleep(3600)) for _ in range(count)]
    await asyncio.sleep(0)
    after = resident_bytes()
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)
    return after - before


async def sleepers(count):
    await asyncio.gather(*[asyncio.sleep(10) for _ in range(count)])


async def live_tasks(count):
    await asyncio.gather(*[asyncio.sleep(0) for _ in range(count)])


# ---- streams


CHUNK = 10 * 1024 * 1024


async def tcp_bulk(count):
    async def send_all(reader, writer):
        chunk = b"x" * CHUNK
        for _ in range(100):
            writer.write(chunk)
            await writer.drain()
        writer.close()
        await writer.wait_closed()

    for _ in range(count):
        server = await asyncio.start_server(send_all, "127.0.0.1", 0)
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        received = 0
        while data := await reader.read(CHUNK):
            received += len(data)
        assert received == 100 * CHUNK
        writer.close()
        server.close()


async def echo_all(reader, writer):
    while data := await reader.read(65_536):
        writer.write(data)
        await writer.drain()
    writer.close()


async def echo_streams(count):
    server = await asyncio.start_server(echo_all, "127.0.0.1", 0)
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    message = b"x" * 1024
    for _ in range(count):
        writer.write(message)
        await writer.drain()
        await reader.readexactly(1024)
    writer.close()
    server.close()


def allow_many_sockets():
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


async def echo_server_streams(count):
    allow_many_sockets()
    server = await asyncio.start_server(echo_all, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


# ---- protocols


class EchoProtocol(asyncio.Protocol):
    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        self.transport.write(data)


class Caller(asyncio.Protocol):
    """Sends a message, and the next when the answer is whole."""

    def __init__(self, count):
        self.left = count
        self.over = asyncio.get_running_loop().create_future()
        self.message = b"x" * 1024

    def connection_made(self, transport):
        self.transport = transport
        self.call()

    def call(self):
        self.missing = len(self.message)
        self.transport.write(self.message)

    def data_received(self, data):
        self.missing -= len(data)
        if self.missing:
            return
        self.left -= 1
        if self.left:
            self.call()
        else:
            self.transport.close()
            self.over.set_result(True)


async def echo_protocol(count):
    loop = asyncio.get_running_loop()
    server = await loop.create_server(EchoProtocol, "127.0.0.1", 0)
    _, caller = await loop.create_connection(lambda: Caller(count), *server.sockets[0].getsockname())
    await caller.over
    server.close()


async def echo_server_protocol(count):
    allow_many_sockets()
    server = await asyncio.get_running_loop().create_server(EchoProtocol, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


# ----

WORKLOADS = {
    "async_tree_none": AsyncTree(nothing).run,
    "async_tree_tg": AsyncTree(nothing, task_groups=True).run,
    "async_tree_eager": AsyncTree(nothing).run,
    "async_tree_eager_tg": AsyncTree(nothing, task_groups=True).run,
    "async_tree_io": AsyncTree(call_database).run,
    "async_tree_memoization": AsyncTree(look_up).run,
    "async_tree_cpu_io_mixed": AsyncTree(compute_or_look_up).run,
    "coroutines": coroutines,
    "async_generators": async_generators,
    "sleep_zero": sleep_zero,
    "sleep_zero_1000": sleep_zero_1000,
    "create_await": create_await,
    "create_await_eager": create_await,
    "future_switch": future_switch,
    "queue_1": queue_of(1),
    "queue_100": queue_of(100),
    "call_soon": call_soon,
    "call_soon_threadsafe": call_soon_threadsafe,
    "call_later_cancel": call_later_cancel,
    "timers": timers,
    "timer_lateness": timer_lateness,
    "timeout": timeout,
    "wait_for": wait_for,
    "task_memory": task_memory,
    "sleepers": sleepers,
    "live_tasks": live_tasks,
    "tcp_bulk": tcp_bulk,
    "echo_streams": echo_streams,
    "echo_protocol": echo_protocol,
    "echo_server_streams": echo_server_streams,
    "echo_server_protocol": echo_server_protocol,
}


async def measure(name, count):
    """Inside the loop: making and closing it are not measured, as in pyperformance."""
    if "eager" in name:
        asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)
    start = time.perf_counter_ns()
    result = await WORKLOADS[name](count)
    return time.perf_counter_ns() - start if result is None else result


def in_child(coroutine):
    """Runs a coroutine in a process of its own: what an earlier run has freed but kept would hide what this one takes."""
    output, entrance = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(entrance, str(asyncio.run(coroutine)).encode())
        os._exit(0)
    os.waitpid(child, 0)
    coroutine.close()
    return os.read(output, 100).decode()


def main():
    name = sys.argv[1]
    if name not in WORKLOADS or ("eager" in name and not hasattr(asyncio, "eager_task_factory")):
        print("unsupported")
        return
    if "uvloop" in sys.argv[2:]:
        import uvloop

        uvloop.install()
    print("ready", flush=True)
    for line in sys.stdin:
        run = in_child if name == "task_memory" else asyncio.run
        print(run(measure(name, int(line))), flush=True)


main()
