package dev.asyncio4j;

import java.util.ArrayList;
import java.util.List;

/** All loops that run now, in any thread: how a thread finds the loop it is on. Changes seldom, is read all the time. */
final class RunningLoops {

    private static volatile BaseEventLoop[] running = {};

    private RunningLoops() {}

    static BaseEventLoop[] all() {
        return running;
    }

    static synchronized void add(BaseEventLoop loop) {
        var more = new ArrayList<>(List.of(running));
        more.add(loop);
        running = more.toArray(new BaseEventLoop[0]);
    }

    static synchronized void remove(BaseEventLoop loop) {
        var fewer = new ArrayList<>(List.of(running));
        fewer.remove(loop);
        running = fewer.toArray(new BaseEventLoop[0]);
    }
}
