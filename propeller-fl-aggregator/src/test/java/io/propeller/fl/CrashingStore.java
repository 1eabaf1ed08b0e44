package io.propeller.fl;

import com.google.common.collect.ImmutableList;
import io.propeller.fl.model.Blob;
import io.propeller.fl.store.Digest;
import io.propeller.fl.store.Lineage;
import io.propeller.fl.store.ModelStore;
import io.propeller.fl.store.ModelVersion;
import io.propeller.fl.store.StoreName;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A store whose user dies once, before or after a write: even numbers before write n/2, odd ones
 * after it.
 */
final class CrashingStore implements ModelStore {
  private final ModelStore store;
  private int remaining;

  CrashingStore(ModelStore store, int crash) {
    this.store = store;
    this.remaining = crash;
  }

  private void maybeCrash() throws IOException {
    if (remaining-- == 0) {
      throw new IOException("crash");
    }
  }

  @Override
  public Digest put(Content content) throws IOException {
    maybeCrash();
    Digest digest = store.put(content);
    maybeCrash();
    return digest;
  }

  @Override
  public Blob open(Digest digest) throws IOException {
    return store.open(digest);
  }

  @Override
  public ModelVersion publish(
      StoreName model, Digest content, Optional<Digest> serverState, Lineage lineage, Instant now)
      throws IOException {
    maybeCrash();
    ModelVersion version = store.publish(model, content, serverState, lineage, now);
    maybeCrash();
    return version;
  }

  @Override
  public ImmutableList<ModelVersion> versions(StoreName model) throws IOException {
    return store.versions(model);
  }

  @Override
  public void saveRound(StoreName round, byte[] state) throws IOException {
    maybeCrash();
    store.saveRound(round, state);
    maybeCrash();
  }

  @Override
  public Optional<byte[]> loadRound(StoreName round) throws IOException {
    return store.loadRound(round);
  }

  @Override
  public void deleteRound(StoreName round) throws IOException {
    store.deleteRound(round);
  }

  @Override
  public void prune(StoreName model, int keep) throws IOException {
    store.prune(model, keep);
  }

  @Override
  public int collect(Set<Digest> live, Instant before) throws IOException {
    return store.collect(live, before);
  }
}
