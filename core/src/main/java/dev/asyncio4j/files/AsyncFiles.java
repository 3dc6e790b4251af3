package dev.asyncio4j.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Files} does, without holding the loop: every method runs on the loop's default executor and suspends its task
 * until it is done.
 *
 * <p><b>Cancellation.</b> An operation that has not begun does not begin. One that has begun is waited for, and then the
 * cancel is thrown: nothing goes on behind the back of a task that was cancelled. So a file that was to be written is as it
 * was, or written, or, if that failed, as {@link Files} leaves it.
 *
 * <p><b>Threads.</b> In a task of a running loop. At most as many operations run at a time as the executor has threads
 * (EXE-1); the others wait for their turn.
 *
 * <p><b>Errors.</b> Those of {@link Files}; a file that is not there is a {@link java.nio.file.NoSuchFileException}.
 *
 * <p><b>Example.</b>
 *
 * {@snippet class="dev.asyncio4j.snippets.FilesTest" region="files"}
 */
public final class AsyncFiles {

    private static final OpenOption[] APPEND = {StandardOpenOption.CREATE, StandardOpenOption.APPEND};

    private AsyncFiles() {}

    /**
     * Does anything else with files: what {@link Files} has and this has not. Suspends until it is done.
     *
     * @param <T> the type of its result
     * @param operation what to do, on another thread
     * @return what it returned
     * @throws IOException if it threw that
     */
    public static <T extends @Nullable Object> T call(Callable<T> operation) throws IOException {
        return FileJobs.run(operation);
    }

    /* ---- reading ---- */

    /**
     * Reads a file. Suspends until that is done.
     *
     * @param path the file
     * @return all of its bytes
     * @throws IOException if it cannot be read
     */
    public static byte[] readAllBytes(Path path) throws IOException {
        return FileJobs.run(() -> Files.readAllBytes(path));
    }

    /**
     * Reads a file of text in UTF-8. Suspends until that is done.
     *
     * @param path the file
     * @return its contents
     * @throws java.nio.charset.MalformedInputException if it is not in UTF-8
     * @throws IOException if it cannot be read
     */
    public static String readString(Path path) throws IOException {
        return readString(path, UTF_8);
    }

    /**
     * Reads a file of text. Suspends until that is done.
     *
     * @param path the file
     * @param charset what it is encoded in
     * @return its contents
     * @throws java.nio.charset.CharacterCodingException if it is not encoded so
     * @throws IOException if it cannot be read
     */
    public static String readString(Path path, Charset charset) throws IOException {
        return FileJobs.run(() -> Files.readString(path, charset));
    }

    /**
     * Opens a file of text in UTF-8 to read it line by line. Suspends until it is open, and then whenever more must be read.
     *
     * @param path the file
     * @return its lines; close them
     * @throws IOException if it cannot be opened
     */
    public static FileLines lines(Path path) throws IOException {
        return lines(path, UTF_8);
    }

    /**
     * Opens a file of text to read it line by line, as {@link #lines(Path)} does.
     *
     * @param path the file
     * @param charset what it is encoded in
     * @return its lines; close them
     * @throws IOException if it cannot be opened
     */
    public static FileLines lines(Path path, Charset charset) throws IOException {
        return FileJobs.run(() -> new FileLines(Files.newBufferedReader(path, charset)), FileLines::closeNow);
    }

    /* ---- writing ---- */

    /**
     * Writes a file. Suspends until that is done.
     *
     * @param path the file
     * @param bytes what it shall hold; not to be changed meanwhile
     * @param options how it is opened; by default it is made if need be, and its old contents are dropped
     * @throws IOException if it cannot be written
     */
    public static void write(Path path, byte[] bytes, OpenOption... options) throws IOException {
        FileJobs.run(() -> Files.write(path, bytes, options));
    }

    /**
     * Writes a file of text in UTF-8. Suspends until that is done.
     *
     * @param path the file
     * @param text what it shall hold
     * @param options how it is opened; by default it is made if need be, and its old contents are dropped
     * @throws IOException if it cannot be written
     */
    public static void writeString(Path path, CharSequence text, OpenOption... options) throws IOException {
        FileJobs.run(() -> Files.writeString(path, text, options));
    }

    /**
     * Adds bytes to the end of a file, which is made if need be. Suspends until that is done.
     *
     * @param path the file
     * @param bytes what to add; not to be changed meanwhile
     * @throws IOException if it cannot be written
     */
    public static void append(Path path, byte[] bytes) throws IOException {
        write(path, bytes, APPEND);
    }

    /**
     * Adds text in UTF-8 to the end of a file, which is made if need be. Suspends until that is done.
     *
     * @param path the file
     * @param text what to add
     * @throws IOException if it cannot be written
     */
    public static void append(Path path, CharSequence text) throws IOException {
        writeString(path, text, APPEND);
    }

    /**
     * Opens a file to read and write it in any place. Suspends until it is open.
     *
     * <p><b>Cancellation.</b> As said above; a file that was opened meanwhile is closed.
     *
     * @param path the file
     * @param options how it is opened; by default to be read
     * @return the file; close it
     * @throws IOException if it cannot be opened
     */
    public static AsyncFile open(Path path, OpenOption... options) throws IOException {
        return FileJobs.run(() -> new AsyncFile(path, FileChannel.open(path, options)), AsyncFile::closeNow);
    }

    /* ---- files as a whole ---- */

    /**
     * Copies a file. Suspends until that is done.
     *
     * @param from the file
     * @param to its copy
     * @param options such as {@link java.nio.file.StandardCopyOption#REPLACE_EXISTING}
     * @throws IOException if it cannot be copied
     */
    public static void copy(Path from, Path to, CopyOption... options) throws IOException {
        FileJobs.run(() -> Files.copy(from, to, options));
    }

    /**
     * Moves or renames a file. Suspends until that is done.
     *
     * @param from the file
     * @param to where it shall be
     * @param options such as {@link java.nio.file.StandardCopyOption#ATOMIC_MOVE}
     * @throws IOException if it cannot be moved
     */
    public static void move(Path from, Path to, CopyOption... options) throws IOException {
        FileJobs.run(() -> Files.move(from, to, options));
    }

    /**
     * Deletes a file or an empty folder. Suspends until that is done.
     *
     * @param path what to delete
     * @throws java.nio.file.NoSuchFileException if it is not there
     * @throws IOException if it cannot be deleted
     */
    public static void delete(Path path) throws IOException {
        FileJobs.run(() -> {
            Files.delete(path);
            return null;
        });
    }

    /**
     * Deletes a file or an empty folder if it is there. Suspends until that is done.
     *
     * @param path what to delete
     * @return whether it was there
     * @throws IOException if it cannot be deleted
     */
    public static boolean deleteIfExists(Path path) throws IOException {
        return FileJobs.run(() -> Files.deleteIfExists(path));
    }

    /**
     * Tells whether something is there. Suspends until that is known.
     *
     * @param path where
     * @return true if there is a file, a folder or something else that can be reached
     * @throws IOException never; declared because of {@link #call}
     */
    public static boolean exists(Path path) throws IOException {
        return FileJobs.run(() -> Files.exists(path));
    }

    /**
     * Returns the size of a file. Suspends until it is known.
     *
     * @param path the file
     * @return its size in bytes
     * @throws IOException if it cannot be found out
     */
    public static long size(Path path) throws IOException {
        return FileJobs.run(() -> Files.size(path));
    }

    /**
     * Makes a folder, and those above it, if they are not there. Suspends until that is done.
     *
     * @param path the folder
     * @param attributes what it shall be like
     * @throws IOException if it cannot be made
     */
    public static void createDirectories(Path path, FileAttribute<?>... attributes) throws IOException {
        FileJobs.run(() -> Files.createDirectories(path, attributes));
    }

    /**
     * Lists a folder. Suspends until that is done.
     *
     * @param folder the folder
     * @return what is in it, in the order of names; all at once
     * @throws IOException if it cannot be listed
     */
    public static List<Path> list(Path folder) throws IOException {
        return FileJobs.run(() -> {
            try (var found = Files.list(folder)) {
                return found.sorted().toList();
            }
        });
    }

    /**
     * Lists a folder and all that is below it, not following links. Suspends until that is done.
     *
     * @param folder the folder
     * @return the folder itself and what is below it, each folder before what is in it; all at once
     * @throws IOException if some of it cannot be listed
     */
    public static List<Path> walk(Path folder) throws IOException {
        return FileJobs.run(() -> {
            try (var found = Files.walk(folder)) {
                return found.sorted().toList();
            } catch (java.io.UncheckedIOException e) {
                throw e.getCause();
            }
        });
    }
}
