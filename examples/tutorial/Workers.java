import static dev.asyncio4j.Asyncio.*;

import dev.asyncio4j.*;
import dev.asyncio4j.sync.*;
import java.time.Duration;

// @start region="main"
void main() {
    run(() -> {
        var jobs = new Queue<Integer>(2);
        TaskGroup.run(group -> {
            group.createTask(() -> work("Ada", jobs));
            group.createTask(() -> work("Grace", jobs));
            for (var job = 1; job <= 5; job++) {
                jobs.put(job);
            }
            jobs.shutdown();
        });
        IO.println(done + " jobs are done");
    });
}
// @end

// @start region="work"
int done;

void work(String name, Queue<Integer> jobs) {
    try {
        while (true) {
            var job = jobs.get();
            sleep(Duration.ofMillis(10));
            done++;
            IO.println(name + " has done job " + job);
        }
    } catch (QueueShutDownException noMore) {
        IO.println(name + " goes home");
    }
}
// @end
