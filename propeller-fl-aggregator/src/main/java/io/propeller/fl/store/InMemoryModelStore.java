package io.propeller.fl.store;

import com.google.common.collect.ImmutableList;
import io.propeller.fl.model.Blob;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Keeps everything in memory, for tests. */
public final class InMemoryModelStore implements ModelStore {
  private final InstantSource clock;
  private final Map<Digest, Stored> contents = new HashMap<>();
  private final Map<StoreName, ImmutableList<ModelVersion>> versions = new HashMap<>();
  private final Map<StoreName, byte[]> rounds = new HashMap<>();

  /** Makes an empty store that takes the time of each piece of content from this clock. */
  public InMemoryModelStore(InstantSource clock) {
    this.clock = clock;
  }

  private static final class Stored {
    private final byte[] bytes;
    private final Instant at;

    Stored(byte[] bytes, Instant at) {
      this.bytes = bytes;
      this.at = at;
    }
  }

  @Override
  public Digest put(Content content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    content.writeTo(out);
    byte[] bytes = out.toByteArray();
    Digest digest = Digest.of(bytes);
    synchronized (this) {
      contents.put(digest, new Stored(bytes, clock.instant()));
    }
    return digest;
  }

  @Override
  public synchronized Blob open(Digest digest) throws IOException {
    Stored stored = contents.get(digest);
    if (stored == null) {
      throw new NoSuchFileException(digest.toString());
    }
    return Blob.of(stored.bytes);
  }

  @Override
  public synchronized ModelVersion publish(
      StoreName model, Digest content, Optional<Digest> serverState, Lineage lineage, Instant now) {
    ImmutableList<ModelVersion> present = versions(model);
    ModelVersion version = Versions.next(present, model, content, serverState, lineage, now);
    if (!present.contains(version)) {
      versions.put(
          model, ImmutableList.<ModelVersion>builder().addAll(present).add(version).build());
    }
    return version;
  }

  @Override
  public synchronized ImmutableList<ModelVersion> versions(StoreName model) {
    return versions.getOrDefault(model, ImmutableList.of());
  }

  @Override
  public synchronized void saveRound(StoreName round, byte[] state) {
    rounds.put(round, state.clone());
  }

  @Override
  public synchronized Optional<byte[]> loadRound(StoreName round) {
    return Optional.ofNullable(rounds.get(round)).map(byte[]::clone);
  }

  @Override
  public synchronized void deleteRound(StoreName round) {
    rounds.remove(round);
  }

  @Override
  public synchronized void prune(StoreName model, int keep) {
    ImmutableList<ModelVersion> present = versions(model);
    versions.put(model, present.subList(Math.max(0, present.size() - keep), present.size()));
  }

  @Override
  public synchronized Set<StoreName> models() {
    return Set.copyOf(versions.keySet());
  }

  @Override
  public synchronized void delete(StoreName model) {
    versions.remove(model);
  }

  @Override
  public synchronized int collect(Set<Digest> live, Instant before) {
    Set<Digest> kept = new HashSet<>(live);
    versions
        .values()
        .forEach(
            all ->
                all.forEach(
                    version -> {
                      kept.add(version.content());
                      version.serverState().ifPresent(kept::add);
                    }));
    int present = contents.size();
    contents
        .entrySet()
        .removeIf(entry -> !kept.contains(entry.getKey()) && entry.getValue().at.isBefore(before));
    return present - contents.size();
  }
}
