package dev.asyncio4j.net.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The file through which a listening Unix domain socket is found (CN-9).
 *
 * <p>Nobody's file is touched but a socket's: one that lies where a server wants to listen is taken for a left-over and
 * removed, and a server that closes removes the one that it made.
 *
 * <p><b>Threads.</b> Loop thread only.
 */
final class SocketFile {
    /*
     * Whether a file is still ours is told by its number in its file system (its "file key"). While the socket is open the
     * system keeps that number taken, even if the file has been removed; so remove() comes before the socket is closed.
     * Where the system has no such numbers the two nulls are equal, and the file is taken for ours.
     */

    private static final int TYPE_MASK = 0170000;
    private static final int TYPE_SOCKET = 0140000;

    private final Path path;
    private final @Nullable Object key;
    private boolean removed;

    private SocketFile(Path path, @Nullable Object key) {
        this.path = path;
        this.key = key;
    }

    /**
     * Makes room for a socket.
     *
     * @return false if something lies there that is no socket, or a socket that cannot be removed
     */
    static boolean makeRoomAt(Path path) {
        try {
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && isSocket(path)) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            return false;
        }
        return !Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** Remembers the file that a socket has just made. */
    static SocketFile madeAt(Path path) throws IOException {
        return new SocketFile(path, keyOf(path));
    }

    private static boolean isSocket(Path path) throws IOException {
        try {
            var mode = (Integer) Files.getAttribute(path, "unix:mode");
            return (mode & TYPE_MASK) == TYPE_SOCKET;
        } catch (NoSuchFileException e) { // a link to nowhere
            return false;
        } catch (UnsupportedOperationException | IllegalArgumentException e) { // not a Unix
            return Files.readAttributes(path, BasicFileAttributes.class).isOther();
        }
    }

    private static @Nullable Object keyOf(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }

    /**
     * Removes the file if it is still ours. Does nothing the second time.
     *
     * @throws IOException if it is there, and ours, and cannot be removed
     */
    void remove() throws IOException {
        if (removed) {
            return;
        }
        removed = true;
        try {
            if (Objects.equals(keyOf(path), key)) {
                Files.delete(path);
            }
        } catch (NoSuchFileException e) {
            return; // somebody was faster
        }
    }
}
