# Sourced by the peers that run on the JVM: finds a JDK, and gives all of them the same collector.
root=$(cd "$here/../../.." && pwd)
. "$root/scripts/find-jdk.sh"
find_jdk
java=("$JAVA_HOME/bin/java" -XX:+UseParallelGC --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow)

# say_version NAME: answers --about.
say_version() {
    echo "$1, JDK $("$JAVA_HOME/bin/java" -version 2>&1 | sed -n '1s/.*"\(.*\)".*/\1/p')"
}
