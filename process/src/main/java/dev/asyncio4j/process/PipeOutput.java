package dev.asyncio4j.process;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** The standard input of a process; whatever it fails with means that nobody reads it any more. Any thread but a loop's. */
final class PipeOutput extends FilterOutputStream {

    PipeOutput(OutputStream pipe) {
        super(pipe);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            throw broken(e);
        }
    }

    @Override
    public void flush() throws IOException {
        try {
            out.flush();
        } catch (IOException e) {
            throw broken(e);
        }
    }

    private static BrokenPipeException broken(IOException cause) {
        var broken = new BrokenPipeException("the process reads no more: its standard input is closed");
        broken.initCause(cause);
        return broken;
    }
}
