// The workloads for Node. What it has no counterpart of (task groups, bounded queues, limits) is left out.
// Reads a count, does the workload that many times, answers with the nanoseconds it took, until its input ends.

import { createServer, connect } from "node:net";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";

// ---- pyperformance's async_tree: six levels of promises, each waiting for six below it

const turn = () => new Promise(setImmediate);

class AsyncTree {
  cache = new Set();

  constructor(leaf) {
    this.leaf = leaf;
  }

  async run(count) {
    for (let i = 0; i < count; i++) await this.recurse(6);
  }

  async recurse(level) {
    if (level === 0) return this.leaf(this);
    await Promise.all(Array.from({ length: 6 }, () => this.recurse(level - 1)));
  }
}

const nothing = async () => {};
const callDatabase = () => sleep(50);

async function lookUp(tree) {
  const key = 1 + Math.floor(Math.random() * 100);
  if (key <= 90) {
    if (tree.cache.has(key)) return;
    tree.cache.add(key);
  }
  await callDatabase();
}

// first * ... * last, in halves as math.factorial does it
function product(first, last) {
  if (last - first < 8) {
    let small = BigInt(first);
    for (let i = first + 1; i <= last; i++) small *= BigInt(i);
    return small;
  }
  const middle = (first + last) >>> 1;
  return product(first, middle) * product(middle + 1, last);
}

async function computeOrLookUp(tree) {
  if (Math.random() < 0.5) product(1, 500);
  else await lookUp(tree);
}

// ---- functions that never wait

async function fibonacci(n) {
  return n <= 1 ? n : (await fibonacci(n - 1)) + (await fibonacci(n - 2));
}

async function coroutines(count) {
  for (let i = 0; i < count; i++) await fibonacci(25);
}

class Tree {
  constructor(left, value, right) {
    Object.assign(this, { left, value, right });
  }

  static of(from, to) {
    if (from >= to) return null;
    const middle = (from + to) >>> 1;
    return new Tree(Tree.of(from, middle), middle, Tree.of(middle + 1, to));
  }

  async *[Symbol.asyncIterator]() {
    if (this.left) for await (const number of this.left) yield number;
    yield this.value;
    if (this.right) for await (const number of this.right) yield number;
  }
}

async function asyncGenerators(count) {
  for (let i = 0; i < count; i++) {
    let sum = 0;
    for await (const number of Tree.of(0, 100_000)) sum += number;
    if (sum !== 4999950000) throw new Error(`the numbers in the tree add up to ${sum}`);
  }
}

// ---- functions that start, wait, and go on

async function sleepZero(count) {
  for (let i = 0; i < count; i++) await turn();
}

async function sleepZeroInTurns(count) {
  await Promise.all(Array.from({ length: 1000 }, () => sleepZero(count / 1000)));
}

async function createAwait(count) {
  for (let i = 0; i < count; i++) await nothing();
}

async function futureSwitch(count) {
  const turns = [deferred(), deferred()];
  const player = async (me) => {
    for (let i = 0; i < count / 2; i++) {
      await turns[me].promise;
      turns[me] = deferred();
      turns[1 - me].resolve();
    }
  };
  turns[0].resolve();
  await Promise.all([player(0), player(1)]);
}

function deferred() {
  let resolve;
  const promise = new Promise((r) => (resolve = r));
  return { promise, resolve };
}

// ---- callbacks

function countdown(count) {
  const over = deferred();
  return { over: over.promise, call: () => --count === 0 && over.resolve() };
}

async function callSoon(count) {
  for (let done = 0; done < count; done += 1000) {
    const { over, call } = countdown(1000);
    for (let i = 0; i < 1000; i++) setImmediate(call);
    await over;
  }
}

async function callLaterCancel(count) {
  for (let done = 0; done < count; done += 1000) {
    for (let i = 0; i < 1000; i++) clearTimeout(setTimeout(nothing, 30_000));
    await turn();
  }
}

async function timers(count) {
  const { over, call } = countdown(count);
  for (let i = 0; i < count; i++) setTimeout(call, Math.random() * count * 100e-6);
  await over;
}

// ---- many at once

async function taskMemory(count) {
  const used = () => (gc(), gc(), process.memoryUsage().heapUsed);
  const timeouts = [];
  const sleeper = async () => await new Promise((resolve) => timeouts.push(setTimeout(resolve, 3_600_000)));
  const before = used();
  const tasks = Array.from({ length: count }, sleeper);
  await turn();
  const after = used();
  timeouts.forEach(clearTimeout);
  tasks.length = 0; // alive until here
  return after - before;
}

async function sleepers(count) {
  await Promise.all(Array.from({ length: count }, async () => await new Promise((r) => setTimeout(r, 10_000))));
}

async function liveTasks(count) {
  await Promise.all(Array.from({ length: count }, turn));
}

// ---- sockets

function listen(onConnection) {
  const server = createServer({ noDelay: true }, onConnection).listen(0, "127.0.0.1");
  return once(server, "listening").then(() => server);
}

const echoAll = (socket) => socket.on("data", (data) => socket.write(data));

async function echoStreams(count) {
  const server = await listen(echoAll);
  const socket = connect({ port: server.address().port, host: "127.0.0.1", noDelay: true });
  await once(socket, "connect");
  const message = Buffer.alloc(1024, "x");
  const over = deferred();
  let missing = 0;
  const call = () => {
    missing = message.length;
    socket.write(message);
  };
  socket.on("data", (data) => {
    missing -= data.length;
    if (missing > 0) return;
    if (--count > 0) call();
    else over.resolve();
  });
  call();
  await over.promise;
  socket.destroy();
  server.close();
}

async function tcpBulk(count) {
  const chunk = Buffer.alloc(10 * 1024 * 1024, "x");
  for (let i = 0; i < count; i++) {
    const server = await listen(async (socket) => {
      for (let j = 0; j < 100; j++) if (!socket.write(chunk)) await once(socket, "drain");
      socket.end();
    });
    const socket = connect({ port: server.address().port, host: "127.0.0.1" });
    let received = 0;
    socket.on("data", (data) => (received += data.length));
    await once(socket, "close");
    if (received !== 100 * chunk.length) throw new Error(`${received} bytes came through`);
    server.close();
  }
}

async function echoServer() {
  const server = await listen(echoAll);
  console.log(server.address().port);
  await new Promise(() => {});
}

// ----

const WORKLOADS = {
  async_tree_none: (count) => new AsyncTree(nothing).run(count),
  async_tree_io: (count) => new AsyncTree(callDatabase).run(count),
  async_tree_memoization: (count) => memoTree.run(count),
  async_tree_cpu_io_mixed: (count) => mixedTree.run(count),
  coroutines,
  async_generators: asyncGenerators,
  sleep_zero: sleepZero,
  sleep_zero_1000: sleepZeroInTurns,
  create_await: createAwait,
  future_switch: futureSwitch,
  call_soon: callSoon,
  call_later_cancel: callLaterCancel,
  timers,
  task_memory: taskMemory,
  sleepers,
  live_tasks: liveTasks,
  tcp_bulk: tcpBulk,
  echo_streams: echoStreams,
  echo_server_streams: echoServer,
};
const memoTree = new AsyncTree(lookUp);
const mixedTree = new AsyncTree(computeOrLookUp);

const workload = WORKLOADS[process.argv[2]];
console.log(workload ? "ready" : "unsupported");
if (workload) {
  for await (const line of createInterface({ input: process.stdin })) {
    const start = process.hrtime.bigint();
    const result = await workload(Number(line));
    console.log(result === undefined ? `${process.hrtime.bigint() - start}` : `${result}`);
  }
}
