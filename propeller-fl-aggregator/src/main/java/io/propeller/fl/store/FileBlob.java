package io.propeller.fl.store;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.propeller.fl.model.Blob;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * A file that is open only while it is read, so that a round of any size needs few file
 * descriptors.
 */
record FileBlob(Path file, long size) implements Blob {

  @Override
  public void read(long position, byte[] into, int offset, int length) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, Set.of(StandardOpenOption.READ, NOFOLLOW_LINKS))) {
      ByteBuffer buffer = ByteBuffer.wrap(into, offset, length);
      while (buffer.hasRemaining()) {
        if (channel.read(buffer, position + length - buffer.remaining()) < 0) {
          throw new EOFException(file + " ends before byte " + (position + length));
        }
      }
    }
  }
}
