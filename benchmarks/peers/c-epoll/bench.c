/* The rows of sockets in C, on one thread with epoll: no loop, no tasks, no copies. What the system itself takes. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { MESSAGE = 1024, PIECE = 256 * 1024, EVENTS = 256 };

static char buffer[PIECE];
static char other[PIECE];

static int check(int result, const char *what) {
    if (result < 0) {
        perror(what);
        exit(1);
    }
    return result;
}

static long long now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static int prepared(int socket) {
    int on = 1;
    check(setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on), "setsockopt");
    check(fcntl(socket, F_SETFL, O_NONBLOCK), "fcntl");
    return socket;
}

static int listening(struct sockaddr_in *address) {
    int server = check(socket(AF_INET, SOCK_STREAM, 0), "socket");
    socklen_t size = sizeof *address;
    *address = (struct sockaddr_in){.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    check(bind(server, (struct sockaddr *)address, size), "bind");
    check(listen(server, 1024), "listen");
    check(getsockname(server, (struct sockaddr *)address, &size), "getsockname");
    return server;
}

static void connected(int ends[2]) {
    struct sockaddr_in address;
    int server = listening(&address);
    ends[0] = check(socket(AF_INET, SOCK_STREAM, 0), "socket");
    check(connect(ends[0], (struct sockaddr *)&address, sizeof address), "connect");
    ends[1] = check(accept(server, NULL, NULL), "accept");
    close(server);
    prepared(ends[0]);
    prepared(ends[1]);
}

static void watch(int epoll, int socket) {
    struct epoll_event event = {.events = EPOLLIN, .data.fd = socket};
    check(epoll_ctl(epoll, EPOLL_CTL_ADD, socket, &event), "epoll_ctl");
}

static void send_all(int socket, size_t size) {
    for (size_t sent = 0; sent < size;) {
        ssize_t part = send(socket, buffer + sent, size - sent, MSG_NOSIGNAL);
        if (part < 0 && errno != EAGAIN) {
            return;
        }
        sent += part < 0 ? 0 : part;
    }
}

/* A kibibyte there and back, both ends in one epoll set. */
static long long echo(int count) {
    int ends[2];
    connected(ends);
    int epoll = check(epoll_create1(0), "epoll_create1");
    watch(epoll, ends[0]);
    watch(epoll, ends[1]);
    struct epoll_event events[EVENTS];
    size_t missing = MESSAGE;
    long long start = now();
    send_all(ends[0], MESSAGE);
    while (count > 0) {
        int ready = check(epoll_wait(epoll, events, EVENTS, -1), "epoll_wait");
        for (int i = 0; i < ready; i++) {
            ssize_t got = recv(events[i].data.fd, buffer, PIECE, 0);
            if (events[i].data.fd == ends[1]) {
                send_all(ends[1], got);
            } else if ((missing -= got) == 0) {
                missing = MESSAGE;
                if (--count > 0) {
                    send_all(ends[0], MESSAGE);
                }
            }
        }
    }
    long long spent = now() - start;
    close(epoll);
    close(ends[0]);
    close(ends[1]);
    return spent;
}

/* A thousand mebibytes from one end to the other, as much at a time as goes in. */
static long long bulk(int count) {
    long long start = now();
    for (; count > 0; count--) {
        int ends[2];
        connected(ends);
        long long unsent = 1000LL << 20, unread = unsent;
        while (unread > 0) {
            if (unsent > 0) {
                ssize_t part = send(ends[0], buffer, unsent < PIECE ? unsent : PIECE, MSG_NOSIGNAL);
                unsent -= part < 0 ? 0 : part;
            }
            ssize_t part = recv(ends[1], other, PIECE, 0);
            unread -= part < 0 ? 0 : part;
        }
        close(ends[0]);
        close(ends[1]);
    }
    return now() - start;
}

static long long serve(int count) {
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    struct sockaddr_in address;
    int server = listening(&address);
    int epoll = check(epoll_create1(0), "epoll_create1");
    watch(epoll, server);
    printf("%d\n", ntohs(address.sin_port));
    struct epoll_event events[EVENTS];
    while (count > 0) {
        int ready = check(epoll_wait(epoll, events, EVENTS, -1), "epoll_wait");
        for (int i = 0; i < ready; i++) {
            int socket = events[i].data.fd;
            if (socket == server) {
                watch(epoll, prepared(check(accept(server, NULL, NULL), "accept")));
                continue;
            }
            ssize_t got = recv(socket, buffer, PIECE, 0);
            if (got > 0) {
                send_all(socket, got);
            } else if (got == 0 || errno != EAGAIN) {
                close(socket);
            }
        }
    }
    return 0;
}

static const struct {
    const char *name;
    long long (*run)(int count);
} WORKLOADS[] = {
    {"tcp_bulk", bulk},
    {"echo_streams", echo},
    {"echo_protocol", echo},
    {"echo_server_streams", serve},
    {"echo_server_protocol", serve},
};

int main(int argc, char **argv) {
    setlinebuf(stdout);
    for (size_t i = 0; argc > 1 && i < sizeof WORKLOADS / sizeof *WORKLOADS; i++) {
        if (strcmp(argv[1], WORKLOADS[i].name) == 0) {
            puts("ready");
            for (int count; scanf("%d", &count) == 1;) {
                printf("%lld\n", WORKLOADS[i].run(count));
            }
            return 0;
        }
    }
    puts("unsupported");
    return 0;
}
