package dev.asyncio4j.cli.program;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** The content of a file of the {@link ProgramCache}. */
final class CacheEntry {

    /*
     * Format, all numbers big-endian, text and bytes with their length in front:
     *
     *     magic, key, number of sources × (path, text), number of neighbours × name,
     *     main class, root, number of classes × (name, bytes), CRC-32C of all before
     *
     * An entry holds if the checksum is right, the key is the one asked for, each source still has the same text, and no
     * source file has appeared in the main file's folder that a source mentions: it may now be what a name refers to.
     */

    private static final int MAGIC = 0x61696f01;

    private CacheEntry() {}

    static byte[] write(Compilation compilation, String key) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        out.writeInt(MAGIC);
        writeText(out, key);
        writeSources(out, compilation.sources());
        writeTexts(out, compilation.neighbours());
        writeProgram(out, compilation.program());
        out.writeLong(checksum(bytes.toByteArray(), bytes.size()));
        return bytes.toByteArray();
    }

    /** The program, or null if the entry is damaged, is another one's or has been overtaken. */
    static @Nullable Program read(byte[] bytes, String key) throws IOException {
        var length = bytes.length - Long.BYTES;
        if (length < 0 || ByteBuffer.wrap(bytes).getLong(length) != checksum(bytes, length)) {
            return null;
        }
        var in = new DataInputStream(new ByteArrayInputStream(bytes));
        if (in.readInt() != MAGIC || !readText(in).equals(key)) {
            return null;
        }
        return isUpToDate(in) ? readProgram(in) : null;
    }

    private static boolean isUpToDate(DataInputStream in) throws IOException {
        var texts = new ArrayList<byte[]>();
        var main = (Path) null;
        for (var count = in.readInt(); count > 0; count--) {
            var path = Path.of(readText(in));
            var text = readBytes(in);
            if (!Arrays.equals(text, Files.readAllBytes(path))) {
                return false;
            }
            main = main == null ? path : main;
            texts.add(text);
        }
        return main != null && noneMentions(texts, newNeighbours(main, readTexts(in)));
    }

    private static List<String> newNeighbours(Path main, List<String> known) {
        var neighbours = new ArrayList<>(Sources.neighbours(main));
        neighbours.removeAll(known);
        return neighbours;
    }

    private static boolean noneMentions(List<byte[]> texts, List<String> fileNames) {
        return fileNames.isEmpty()
                || texts.stream()
                        .map(text -> new String(text, StandardCharsets.UTF_8))
                        .noneMatch(text -> fileNames.stream()
                                .map(Sources::nameWithoutSuffix)
                                .anyMatch(text::contains));
    }

    private static void writeSources(DataOutputStream out, List<Compilation.Source> sources) throws IOException {
        out.writeInt(sources.size());
        for (var source : sources) {
            writeText(out, source.path().toString());
            writeText(out, source.text());
        }
    }

    private static void writeProgram(DataOutputStream out, Program program) throws IOException {
        writeText(out, program.mainClass());
        writeText(out, program.root().toString());
        out.writeInt(program.classes().size());
        for (var each : program.classes().entrySet()) {
            writeText(out, each.getKey());
            writeBytes(out, each.getValue());
        }
    }

    private static Program readProgram(DataInputStream in) throws IOException {
        var mainClass = readText(in);
        var root = Path.of(readText(in));
        Map<String, byte[]> classes = new HashMap<>();
        for (var count = in.readInt(); count > 0; count--) {
            classes.put(readText(in), readBytes(in));
        }
        return new Program(mainClass, root, classes);
    }

    private static void writeTexts(DataOutputStream out, List<String> texts) throws IOException {
        out.writeInt(texts.size());
        for (var text : texts) {
            writeText(out, text);
        }
    }

    private static List<String> readTexts(DataInputStream in) throws IOException {
        var texts = new ArrayList<String>();
        for (var count = in.readInt(); count > 0; count--) {
            texts.add(readText(in));
        }
        return texts;
    }

    private static void writeText(DataOutputStream out, String text) throws IOException {
        writeBytes(out, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String readText(DataInputStream in) throws IOException {
        return new String(readBytes(in), StandardCharsets.UTF_8);
    }

    private static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] readBytes(DataInputStream in) throws IOException {
        return in.readNBytes(in.readInt());
    }

    private static long checksum(byte[] bytes, int length) {
        var checksum = new CRC32C();
        checksum.update(bytes, 0, length);
        return checksum.getValue();
    }
}
