package io.propeller.operator.internal.federated;

import com.google.common.collect.ImmutableList;
import io.propeller.fl.model.Blob;
import io.propeller.fl.store.Digest;
import io.propeller.fl.store.Lineage;
import io.propeller.fl.store.ModelStore;
import io.propeller.fl.store.ModelVersion;
import io.propeller.fl.store.StoreFullException;
import io.propeller.fl.store.StoreName;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A store of limited size that makes room when it is full. Safe for use by any thread. */
public final class TidyStore implements ModelStore {

  private static final Logger log = LoggerFactory.getLogger(TidyStore.class);

  /** Makes room. */
  interface Step {
    void run(ModelStore store) throws IOException;
  }

  private final ModelStore store;
  private volatile List<Step> steps = List.of();

  /** Wraps a store that throws a {@link StoreFullException} where there is no room. */
  public TidyStore(ModelStore store) {
    this.store = store;
  }

  /** Says what can be done to make room, the mildest first. */
  void tidy(List<Step> ways) {
    steps = List.copyOf(ways);
  }

  @Override
  public Digest put(Content content) throws IOException {
    StoreFullException full;
    try {
      return store.put(content);
    } catch (StoreFullException e) {
      full = e;
    }
    for (Step step : steps) {
      makeRoom(step);
      try {
        return store.put(content);
      } catch (StoreFullException e) {
        full = e;
      }
    }
    log.error("the model store is full: see --model-store-limit");
    throw full;
  }

  private synchronized void makeRoom(Step step) throws IOException {
    step.run(store);
  }

  @Override
  public Blob open(Digest digest) throws IOException {
    return store.open(digest);
  }

  @Override
  public ModelVersion publish(
      StoreName model, Digest content, Optional<Digest> serverState, Lineage lineage, Instant now)
      throws IOException {
    return store.publish(model, content, serverState, lineage, now);
  }

  @Override
  public ImmutableList<ModelVersion> versions(StoreName model) throws IOException {
    return store.versions(model);
  }

  @Override
  public void saveRound(StoreName round, byte[] state) throws IOException {
    store.saveRound(round, state);
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
  public Set<StoreName> models() throws IOException {
    return store.models();
  }

  @Override
  public void delete(StoreName model) throws IOException {
    store.delete(model);
  }

  @Override
  public int collect(Set<Digest> live, Instant before) throws IOException {
    return store.collect(live, before);
  }
}
