// The workloads for Go, on one processor: goroutines and channels where asyncio has tasks and queues.
// Reads a count, does the workload that many times, answers with the nanoseconds it took, until its input ends.
package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"math/big"
	"math/rand"
	"net"
	"os"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

// ---- pyperformance's async_tree: six levels of goroutines, each waiting for six below it

type asyncTree struct {
	leaf  func(*asyncTree)
	cache map[int]bool
}

func tree(leaf func(*asyncTree)) func(int) {
	t := &asyncTree{leaf, map[int]bool{}}
	return func(count int) {
		for i := 0; i < count; i++ {
			t.recurse(6)
		}
	}
}

func (t *asyncTree) recurse(level int) {
	if level == 0 {
		t.leaf(t)
		return
	}
	var children sync.WaitGroup
	children.Add(6)
	for i := 0; i < 6; i++ {
		go func() {
			defer children.Done()
			t.recurse(level - 1)
		}()
	}
	children.Wait()
}

func nothing(*asyncTree)      {}
func callDatabase(*asyncTree) { time.Sleep(50 * time.Millisecond) }

var cacheLock sync.Mutex

func lookUp(t *asyncTree) {
	key := 1 + rand.Intn(100)
	if key <= 90 {
		cacheLock.Lock()
		found := t.cache[key]
		t.cache[key] = true
		cacheLock.Unlock()
		if found {
			return
		}
	}
	callDatabase(t)
}

func computeOrLookUp(t *asyncTree) {
	if rand.Float64() < 0.5 {
		new(big.Int).MulRange(1, 500)
	} else {
		lookUp(t)
	}
}

// ---- functions that never wait

var sink int

func fibonacci(n int) int {
	if n <= 1 {
		return n
	}
	return fibonacci(n-1) + fibonacci(n-2)
}

func coroutines(count int) {
	for i := 0; i < count; i++ {
		sink += fibonacci(25)
	}
}

// ---- goroutines that start, wait, and go on

func sleepZero(count int) {
	for i := 0; i < count; i++ {
		runtime.Gosched()
	}
}

func sleepZeroInTurns(count int) {
	inGoroutines(1000, func() { sleepZero(count / 1000) })
}

func inGoroutines(count int, body func()) {
	var all sync.WaitGroup
	all.Add(count)
	for i := 0; i < count; i++ {
		go func() {
			defer all.Done()
			body()
		}()
	}
	all.Wait()
}

func createAwait(count int) {
	for i := 0; i < count; i++ {
		done := make(chan bool)
		go func() { done <- true }()
		<-done
	}
}

func futureSwitch(count int) {
	turns := [2]chan bool{make(chan bool, 1), make(chan bool, 1)}
	over := make(chan bool)
	player := func(me int) {
		for i := 0; i < count/2; i++ {
			<-turns[me]
			turns[1-me] <- true
		}
		over <- true
	}
	turns[0] <- true
	go player(0)
	go player(1)
	<-over
	<-over
}

func queueOf(size int) func(int) {
	return func(count int) {
		queue := make(chan int, size)
		go func() {
			for i := 0; i < count; i++ {
				queue <- i
			}
		}()
		for i := 0; i < count; i++ {
			<-queue
		}
	}
}

// ---- callbacks by the clock

func callLaterCancel(count int) {
	for i := 0; i < count; i++ {
		time.AfterFunc(30*time.Second, func() {}).Stop()
		if i%1000 == 0 {
			runtime.Gosched()
		}
	}
}

func timers(count int) {
	left := int64(count)
	over := make(chan bool)
	for i := 0; i < count; i++ {
		delay := time.Duration(rand.Float64() * float64(count) * 100)
		time.AfterFunc(delay, func() {
			if atomic.AddInt64(&left, -1) == 0 {
				over <- true
			}
		})
	}
	<-over
}

func timeout(count int) {
	for i := 0; i < count; i++ {
		limited, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		runtime.Gosched()
		if limited.Err() != nil {
			panic("the time is over")
		}
		cancel()
	}
}

// ---- many at once

func taskMemory(count int) int64 {
	used := func() int64 {
		runtime.GC()
		var stats runtime.MemStats
		runtime.ReadMemStats(&stats)
		return int64(stats.HeapInuse + stats.StackInuse)
	}
	end := make(chan bool)
	before := used()
	for i := 0; i < count; i++ {
		go func() {
			timer := time.NewTimer(time.Hour)
			select {
			case <-timer.C:
			case <-end:
				timer.Stop()
			}
		}()
	}
	runtime.Gosched()
	after := used()
	close(end)
	return after - before
}

func sleepers(count int) {
	inGoroutines(count, func() { time.Sleep(10 * time.Second) })
}

func liveTasks(count int) {
	inGoroutines(count, runtime.Gosched)
}

// ---- sockets

func listen(serve func(net.Conn)) net.Listener {
	server, err := net.Listen("tcp", "127.0.0.1:0")
	check(err)
	go func() {
		for {
			connection, err := server.Accept()
			if err != nil {
				return
			}
			go serve(connection)
		}
	}()
	return server
}

func echoAll(connection net.Conn) {
	defer connection.Close()
	buffer := make([]byte, 65_536)
	for {
		n, err := connection.Read(buffer)
		if err != nil {
			return
		}
		connection.Write(buffer[:n])
	}
}

func echoStreams(count int) {
	server := listen(echoAll)
	defer server.Close()
	connection, err := net.Dial("tcp", server.Addr().String())
	check(err)
	defer connection.Close()
	message := make([]byte, 1024)
	for i := 0; i < count; i++ {
		connection.Write(message)
		_, err := io.ReadFull(connection, message)
		check(err)
	}
}

func tcpBulk(count int) {
	const chunk = 10 * 1024 * 1024
	for i := 0; i < count; i++ {
		server := listen(func(connection net.Conn) {
			data := make([]byte, chunk)
			for i := 0; i < 100; i++ {
				connection.Write(data)
			}
			connection.Close()
		})
		connection, err := net.Dial("tcp", server.Addr().String())
		check(err)
		buffer, received := make([]byte, chunk), 0
		for {
			n, err := connection.Read(buffer)
			received += n
			if err != nil {
				break
			}
		}
		if received != 100*chunk {
			panic(fmt.Sprint(received, " bytes came through"))
		}
		connection.Close()
		server.Close()
	}
}

func echoServer(int) {
	fmt.Println(listen(echoAll).Addr().(*net.TCPAddr).Port)
	select {}
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}

// ----

var workloads = map[string]func(int){
	"async_tree_none":         tree(nothing),
	"async_tree_io":           tree(callDatabase),
	"async_tree_memoization":  tree(lookUp),
	"async_tree_cpu_io_mixed": tree(computeOrLookUp),
	"coroutines":              coroutines,
	"sleep_zero":              sleepZero,
	"sleep_zero_1000":         sleepZeroInTurns,
	"create_await":            createAwait,
	"future_switch":           futureSwitch,
	"queue_1":                 queueOf(1),
	"queue_100":               queueOf(100),
	"call_later_cancel":       callLaterCancel,
	"timers":                  timers,
	"timeout":                 timeout,
	"sleepers":                sleepers,
	"live_tasks":              liveTasks,
	"tcp_bulk":                tcpBulk,
	"echo_streams":            echoStreams,
	"echo_server_streams":     echoServer,
}

func main() {
	runtime.GOMAXPROCS(1)
	name := os.Args[1]
	workload, known := workloads[name]
	if !known && name != "task_memory" {
		fmt.Println("unsupported")
		return
	}
	fmt.Println("ready")
	counts := bufio.NewScanner(os.Stdin)
	for counts.Scan() {
		count, err := strconv.Atoi(counts.Text())
		check(err)
		if name == "task_memory" {
			fmt.Println(taskMemory(count))
			continue
		}
		start := time.Now()
		workload(count)
		fmt.Println(time.Since(start).Nanoseconds())
	}
}
