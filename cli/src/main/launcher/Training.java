// ./asyncio runs this program once after each build and has the JDK keep the classes that were loaded for it.
// So it should touch what most programs touch, and nothing else: what is kept is mapped at every start.

void main() {
    // A start that hangs here would hang ./asyncio; without its result a start is only slower.
    var limit = new Thread(() -> {
        try {
            Thread.sleep(20_000);
        } catch (InterruptedException e) {
            return;
        }
        Runtime.getRuntime().halt(1);
    });
    limit.setDaemon(true);
    limit.start();
    IO.println("trained");
}
