package dev.asyncio4j.net;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** The order in which the addresses of a host are tried (CN-4). */
final class Interleaving {

    private Interleaving() {}

    /**
     * Alternates between the kinds of addresses.
     *
     * @param found the addresses in the order of the resolver
     * @param firstOfAKind how many of the first kind come before the first of another; 0 leaves all as it is
     */
    static List<InetAddress> order(List<InetAddress> found, int firstOfAKind) {
        if (firstOfAKind == 0 || found.isEmpty()) {
            return found;
        }
        var kinds = new LinkedHashMap<Class<?>, List<InetAddress>>();
        for (var address : found) {
            kinds.computeIfAbsent(address.getClass(), _ -> new ArrayList<>()).add(address);
        }
        var first = kinds.firstEntry().getValue();
        var head = first.subList(0, Math.min(firstOfAKind - 1, first.size()));
        var ordered = new ArrayList<>(head);
        head.clear();
        for (var row = 0; ordered.size() < found.size(); row++) {
            for (var kind : kinds.values()) {
                if (row < kind.size()) {
                    ordered.add(kind.get(row));
                }
            }
        }
        return ordered;
    }
}
