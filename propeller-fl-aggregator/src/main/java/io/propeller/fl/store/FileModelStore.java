package io.propeller.fl.store;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import com.google.common.collect.ImmutableList;
import com.google.common.hash.Hashing;
import com.google.common.hash.HashingOutputStream;
import io.propeller.fl.model.Blob;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps everything in files of one folder.
 *
 * <pre>
 * content/ab/ab12…              models and updates, by digest
 * models/{name}/{number}.json   versions
 * rounds/{name}.json            the state of rounds
 * partial/…                     what is being written
 * </pre>
 *
 * <p>A file is written under {@code partial}, forced to the disk, and renamed; then the folder is
 * forced too. Names are {@link StoreName}s and digests, and symbolic links are not followed, so
 * nothing outside of the folder is touched.
 *
 * <p>Several processes may have the folder open, as operators do of which one stands by; only one
 * of them writes at a time.
 */
public final class FileModelStore implements ModelStore {
  private static final String JSON = ".json";

  /** How long another process may take to write a file. */
  private static final Duration WRITTEN_WITHIN = Duration.ofHours(1);

  private final InstantSource clock;
  private final Path contents;
  private final Path models;
  private final Path rounds;
  private final Path partial;
  private final long limit;
  private long used;

  private FileModelStore(Path root, InstantSource clock, long limit) {
    this.clock = clock;
    this.limit = limit;
    this.contents = root.resolve("content");
    this.models = root.resolve("models");
    this.rounds = root.resolve("rounds");
    this.partial = root.resolve("partial");
  }

  /**
   * Opens the store in a folder, which is created if need be. What an earlier process left
   * half-written more than an hour ago is removed.
   *
   * @param clock gives content the time that {@link #collect} compares
   * @throws IOException if the folder cannot be used, or one of its folders is a link
   */
  public static FileModelStore open(Path root, InstantSource clock) throws IOException {
    return open(root, clock, Long.MAX_VALUE);
  }

  /**
   * Opens the store in a folder, which is created if need be. What an earlier process left
   * half-written more than an hour ago is removed.
   *
   * @param clock gives content the time that {@link #collect} compares
   * @param limit how many bytes the content may have; {@link #put} throws a {@link
   *     StoreFullException} rather than exceed it
   * @throws IOException if the folder cannot be used, or one of its folders is a link
   */
  public static FileModelStore open(Path root, InstantSource clock, long limit) throws IOException {
    FileModelStore store = new FileModelStore(root.toAbsolutePath().normalize(), clock, limit);
    for (Path folder : List.of(store.contents, store.models, store.rounds, store.partial)) {
      createFolder(folder);
    }
    store.removeLeft(clock.instant().minus(WRITTEN_WITHIN));
    for (Path folder : files(store.contents)) {
      for (Path file : files(folder)) {
        store.used += Files.size(file);
      }
    }
    return store;
  }

  private void removeLeft(Instant before) throws IOException {
    try (DirectoryStream<Path> left = Files.newDirectoryStream(partial)) {
      for (Path file : left) {
        try {
          if (Files.getLastModifiedTime(file, NOFOLLOW_LINKS).toInstant().isBefore(before)) {
            Files.delete(file);
          }
        } catch (NoSuchFileException e) {
          // It has been written meanwhile.
        }
      }
    }
  }

  private static void createFolder(Path folder) throws IOException {
    if (Files.isSymbolicLink(folder)) {
      throw new NotDirectoryException(folder + " is a link, which a model store does not follow");
    }
    Files.createDirectories(folder);
  }

  private Path contentFolder(Digest digest) {
    return contents.resolve(digest.hex().substring(0, 2));
  }

  private Path contentFile(Digest digest) {
    return contentFolder(digest).resolve(digest.hex());
  }

  @Override
  public Digest put(Content content) throws IOException {
    Path file = Files.createTempFile(partial, "content", "");
    try {
      Digest digest;
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        HashingOutputStream hashing =
            new HashingOutputStream(
                Hashing.sha256(),
                new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16));
        content.writeTo(hashing);
        hashing.flush();
        channel.force(true);
        digest = Digest.of(hashing.hash());
      }
      Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
      keep(file, digest);
      return digest;
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private synchronized void keep(Path file, Digest digest) throws IOException {
    boolean isNew = !Files.exists(contentFile(digest), NOFOLLOW_LINKS);
    long size = isNew ? Files.size(file) : 0;
    if (size > limit - used) {
      throw new StoreFullException(size, used, limit);
    }
    Path folder = contentFolder(digest);
    createFolder(folder);
    moveInto(file, folder, digest.hex());
    used += size;
  }

  private static void moveInto(Path file, Path folder, String name) throws IOException {
    Files.move(
        file,
        folder.resolve(name),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private void write(Path folder, String name, byte[] bytes) throws IOException {
    Path file = Files.createTempFile(partial, "record", "");
    try {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        channel.force(true);
      }
      moveInto(file, folder, name);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static byte[] read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file, NOFOLLOW_LINKS)) {
      return in.readAllBytes();
    }
  }

  @Override
  public Blob open(Digest digest) throws IOException {
    Path file = contentFile(digest);
    HashingOutputStream hashing =
        new HashingOutputStream(Hashing.sha256(), OutputStream.nullOutputStream());
    long size;
    try (InputStream in = Files.newInputStream(file, NOFOLLOW_LINKS)) {
      size = in.transferTo(hashing);
    } catch (NoSuchFileException e) {
      throw (IOException) new NoSuchFileException(digest + " is not in the store").initCause(e);
    }
    Digest actual = Digest.of(hashing.hash());
    if (!actual.equals(digest)) {
      throw new CorruptContentException(digest, actual);
    }
    return new FileBlob(file, size);
  }

  @Override
  public synchronized ModelVersion publish(
      StoreName model, Digest content, Optional<Digest> serverState, Lineage lineage, Instant now)
      throws IOException {
    ImmutableList<ModelVersion> present = versions(model);
    ModelVersion version = Versions.next(present, model, content, serverState, lineage, now);
    if (!present.contains(version)) {
      Path folder = models.resolve(model.value());
      createFolder(folder);
      write(folder, version.number() + JSON, VersionJson.write(version));
    }
    return version;
  }

  @Override
  public ImmutableList<ModelVersion> versions(StoreName model) throws IOException {
    List<ModelVersion> versions = new ArrayList<>();
    for (Path file : files(models.resolve(model.value()))) {
      versions.add(VersionJson.read(read(file)));
    }
    return ImmutableList.sortedCopyOf(Comparator.comparingInt(ModelVersion::number), versions);
  }

  private static List<Path> files(Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    if (Files.isDirectory(folder, NOFOLLOW_LINKS)) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
        entries.forEach(files::add);
      }
    }
    return files;
  }

  private Path roundFile(StoreName round) {
    return rounds.resolve(round.value() + JSON);
  }

  @Override
  public void saveRound(StoreName round, byte[] state) throws IOException {
    write(rounds, round.value() + JSON, state);
  }

  @Override
  public Optional<byte[]> loadRound(StoreName round) throws IOException {
    try {
      return Optional.of(read(roundFile(round)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public void deleteRound(StoreName round) throws IOException {
    Files.deleteIfExists(roundFile(round));
  }

  @Override
  public synchronized void prune(StoreName model, int keep) throws IOException {
    ImmutableList<ModelVersion> present = versions(model);
    for (ModelVersion version : present.subList(0, Math.max(0, present.size() - keep))) {
      Files.deleteIfExists(models.resolve(model.value()).resolve(version.number() + JSON));
    }
  }

  @Override
  public Set<StoreName> models() throws IOException {
    Set<StoreName> names = new HashSet<>();
    for (Path model : files(models)) {
      names.add(StoreName.of(model.getFileName().toString()));
    }
    return names;
  }

  @Override
  public synchronized void delete(StoreName model) throws IOException {
    Path folder = models.resolve(model.value());
    for (Path version : files(folder)) {
      Files.deleteIfExists(version);
    }
    Files.deleteIfExists(folder);
  }

  @Override
  public synchronized int collect(Set<Digest> live, Instant before) throws IOException {
    Set<String> kept = new HashSet<>();
    live.forEach(digest -> kept.add(digest.hex()));
    for (Path model : files(models)) {
      for (ModelVersion version : versions(StoreName.of(model.getFileName().toString()))) {
        kept.add(version.content().hex());
        version.serverState().ifPresent(digest -> kept.add(digest.hex()));
      }
    }
    int removed = 0;
    long left = 0;
    for (Path folder : files(contents)) {
      for (Path file : files(folder)) {
        boolean old = Files.getLastModifiedTime(file, NOFOLLOW_LINKS).toInstant().isBefore(before);
        if (old && !kept.contains(file.getFileName().toString())) {
          Files.delete(file);
          removed++;
        } else {
          left += Files.size(file);
        }
      }
    }
    // Counted anew: another process may have written and removed.
    used = left;
    return removed;
  }
}
