package io.propeller.fl.store;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import io.propeller.fl.model.Blob;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A place for models, updates, and the state of rounds.
 *
 * <p>Content is addressed by its digest: putting the same bytes twice keeps them once, and what is
 * read is what was put or an exception. When a method returns, what it wrote survives a crash of
 * the process, and of the machine as far as the implementation says. An interrupted write leaves
 * nothing that can be read.
 *
 * <p>Implementations are safe for use by several threads of one process; one process at a time
 * writes to a store. To be found by name they come with a {@link ModelStoreProvider}, and {@link
 * ModelStores} opens them. An {@link IOException} leaves the store as it was, and the call may be
 * repeated.
 */
public interface ModelStore {

  /** Writes content to a stream, in one go. */
  @FunctionalInterface
  interface Content {
    /**
     * Writes all of it. Does not close the stream.
     *
     * @throws IOException if the stream throws it
     */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Keeps some content.
   *
   * @throws IOException if it cannot be kept
   */
  Digest put(Content content) throws IOException;

  /**
   * Returns content, after it was compared with its digest.
   *
   * @throws java.nio.file.NoSuchFileException if it was never put, or collected
   * @throws CorruptContentException if it is not what was put
   * @throws IOException if it cannot be read
   */
  Blob open(Digest digest) throws IOException;

  /**
   * Adds a version after the latest one. Publishing again what a round has published returns the
   * version that it made: a repeat after a crash does not count twice.
   *
   * @param serverState what the algorithm carries on
   * @param now the time that the version bears
   * @throws IllegalStateException if the round has published something else under this name
   * @throws IOException if it cannot be kept
   */
  ModelVersion publish(
      StoreName model, Digest content, Optional<Digest> serverState, Lineage lineage, Instant now)
      throws IOException;

  /**
   * Returns the versions of a model that are kept, by number; none if it was never published.
   *
   * @throws IOException if they cannot be read
   */
  ImmutableList<ModelVersion> versions(StoreName model) throws IOException;

  /**
   * Returns the newest version of a model; empty if it was never published.
   *
   * @throws IOException if it cannot be read
   */
  default Optional<ModelVersion> latest(StoreName model) throws IOException {
    return Optional.ofNullable(Iterables.getLast(versions(model), null));
  }

  /**
   * Keeps the state of a round in place of the one kept before.
   *
   * @throws IOException if it cannot be kept
   */
  void saveRound(StoreName round, byte[] state) throws IOException;

  /**
   * Returns the state of a round as it was kept last; empty if there is none.
   *
   * @throws IOException if it cannot be read
   */
  Optional<byte[]> loadRound(StoreName round) throws IOException;

  /**
   * Forgets the state of a round; does nothing if there is none.
   *
   * @throws IOException if it cannot be removed
   */
  void deleteRound(StoreName round) throws IOException;

  /**
   * Forgets all but the newest versions of a model. Their content stays until {@link #collect}.
   *
   * @param keep how many to keep, at least 1
   * @throws IOException if they cannot be removed
   */
  void prune(StoreName model, int keep) throws IOException;

  /**
   * Returns the names of the models of which versions are kept; none where a store does not say.
   *
   * @throws IOException if they cannot be read
   */
  default Set<StoreName> models() throws IOException {
    return Set.of();
  }

  /**
   * Forgets all versions of a model; does nothing if there are none, or where a store keeps them
   * for good. Their content stays until {@link #collect}.
   *
   * @throws IOException if they cannot be removed
   */
  default void delete(StoreName model) throws IOException {}

  /**
   * Removes content that no version of any model consists of.
   *
   * @param live other content to keep: the updates of rounds under way, and base models
   * @param before what was put at this time or later stays, since it may be about to be named
   * @return how many pieces were removed
   * @throws IOException if something cannot be removed
   */
  int collect(Set<Digest> live, Instant before) throws IOException;
}
