# Sourced by ./build and ./asyncio: finds a JDK that is new enough, without starting one.
# Sets and exports JAVA_HOME, or explains what to install and returns 1.

WANTED_JAVA=25

# jdk_major HOME: the major version in HOME's `release` file, into $jdk_major. 1 if HOME is no JDK.
jdk_major() {
    jdk_major=
    [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
    local line
    while IFS= read -r line || [ -n "$line" ]; do
        case $line in
            JAVA_VERSION=*)
                line=${line#JAVA_VERSION=}
                line=${line//\"/}
                jdk_major=${line%%[.+-]*}
                ;;
        esac
    done <"$1/release"
    case $jdk_major in
        '' | *[!0-9]*) return 1 ;;
    esac
}

jdk_is_new_enough() {
    jdk_major "$1" && [ "$jdk_major" -ge "$WANTED_JAVA" ]
}

# The JDK that the `java` on PATH belongs to, into $jdk_on_path.
jdk_on_path() {
    jdk_on_path=
    local java
    java=$(command -v java) || return 1
    while [ -L "$java" ]; do
        local target
        target=$(readlink "$java")
        case $target in
            /*) java=$target ;;
            *) java=${java%/*}/$target ;;
        esac
    done
    jdk_on_path=${java%/bin/java}
}

# The oldest JDK that is new enough, of the usual installation folders, into $jdk_installed.
jdk_installed() {
    jdk_installed=
    local home best=
    for home in /usr/lib/jvm/* /opt/* /opt/java/* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home; do
        jdk_is_new_enough "$home" || continue
        if [ -z "$best" ] || [ "$jdk_major" -lt "$best" ]; then
            best=$jdk_major
            jdk_installed=$home
        fi
    done
    [ -n "$jdk_installed" ]
}

explain_missing_jdk() {
    {
        echo "asyncio4j needs a JDK $WANTED_JAVA or newer, and none was found."
        if [ -n "${JAVA_HOME:-}" ]; then
            if jdk_major "$JAVA_HOME"; then
                echo "  JAVA_HOME is $JAVA_HOME, which is JDK $jdk_major."
            else
                echo "  JAVA_HOME is $JAVA_HOME, which is no JDK (it has no bin/javac or no release file)."
            fi
        fi
        echo "  Looked at JAVA_HOME, at the java on PATH, and in /usr/lib/jvm, /opt, ~/.sdkman, ~/.jdks and /Library/Java."
        echo "  Install one, for instance:"
        echo "    any system      a Temurin, Corretto or Zulu archive of JDK $WANTED_JAVA, unpacked below /opt"
        echo "    SDKMAN          sdk install java $WANTED_JAVA-tem"
        echo "    macOS           brew install --cask temurin@$WANTED_JAVA"
        echo "    Ubuntu 26.04    apt install openjdk-$WANTED_JAVA-jdk      (Debian 12 has none)"
        echo "  or set JAVA_HOME to where it is."
    } >&2
}

find_jdk() {
    if [ -n "${JAVA_HOME:-}" ] && jdk_is_new_enough "$JAVA_HOME"; then
        :
    elif jdk_on_path && jdk_is_new_enough "$jdk_on_path"; then
        JAVA_HOME=$jdk_on_path
    elif jdk_installed; then
        JAVA_HOME=$jdk_installed
    else
        explain_missing_jdk
        return 1
    fi
    export JAVA_HOME
}

# The environment of every Maven run; 1 with an explanation where there is no Maven.
prepare_maven() {
    if ! command -v mvn >/dev/null 2>&1; then
        {
            echo "asyncio4j is built with Maven 3.8 or newer, and there is no mvn on PATH. Install it:"
            echo "  Debian, Ubuntu  apt install maven"
            echo "  macOS           brew install maven"
            echo "  SDKMAN          sdk install maven"
        } >&2
        return 1
    fi
    # Unlike .mvn/jvm.config, this reaches the JDK just found only: it may hold what JDK 17 does not know.
    MAVEN_OPTS="--sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED -XX:TieredStopAtLevel=1 ${MAVEN_OPTS:-}"
    export MAVEN_OPTS
}
