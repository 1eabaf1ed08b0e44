package io.propeller.testkit.fl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.propeller.fl.model.Blob;
import io.propeller.fl.store.Digest;
import io.propeller.fl.store.Lineage;
import io.propeller.fl.store.ModelStore;
import io.propeller.fl.store.ModelVersion;
import io.propeller.fl.store.StoreName;
import io.propeller.fl.update.ParticipantId;
import io.propeller.fl.update.RoundId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link ModelStore} must keep to. */
public abstract class ModelStoreContract {
  private static final StoreName MODEL = StoreName.of("default", "model");
  private static final StoreName OTHER = StoreName.of("default", "model-2");
  private static final StoreName ROUND = StoreName.of("default", "round-1-model");
  private static final int WRITERS = 4;

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private ModelStore store;

  /** Makes an empty store. */
  @SuppressWarnings("NullAway.Init") // JUnit calls open() before each test.
  protected ModelStoreContract() {}

  /**
   * Makes the store under test, empty.
   *
   * @param clock the time at which content is put
   * @throws IOException if that fails
   */
  protected abstract ModelStore create(InstantSource clock) throws IOException;

  @BeforeEach
  void open() throws IOException {
    store = create(() -> now);
  }

  private Digest put(String text) throws IOException {
    return store.put(out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static String read(Blob blob) throws IOException {
    byte[] bytes = new byte[(int) blob.size()];
    blob.read(0, bytes, 0, bytes.length);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static Lineage lineage(int round) {
    Digest update = Digest.of(new byte[] {(byte) round});
    return Lineage.of(
        RoundId.of(round), "fedavg", Optional.of(update), Map.of(ParticipantId.of("p1"), update));
  }

  private ModelVersion publish(StoreName model, int round, Digest content) throws IOException {
    return store.publish(model, content, Optional.empty(), lineage(round), now);
  }

  @Test
  void contentIsReadAsItWasPut() throws IOException {
    Digest digest = put("some content");
    assertEquals(Digest.of("some content".getBytes(StandardCharsets.UTF_8)), digest);
    assertEquals("some content", read(store.open(digest)));
    byte[] middle = new byte[6];
    store.open(digest).read(5, middle, 1, 4);
    assertArrayEquals(new byte[] {0, 'c', 'o', 'n', 't', 0}, middle);
    assertEquals("", read(store.open(put(""))));
  }

  @Test
  void contentThatWasNeverPutIsNotThere() {
    assertThrows(NoSuchFileException.class, () -> store.open(Digest.of(new byte[] {1})));
  }

  @Test
  void contentThatCouldNotBeWrittenIsNotThere() {
    byte[] bytes = {1, 2, 3};
    assertThrows(
        IOException.class,
        () ->
            store.put(
                out -> {
                  out.write(bytes);
                  throw new IOException("cut");
                }));
    assertThrows(NoSuchFileException.class, () -> store.open(Digest.of(bytes)));
  }

  @Test
  void versionsAreNumberedPerModel() throws IOException {
    ModelVersion one = publish(MODEL, 1, put("one"));
    ModelVersion two = store.publish(MODEL, put("two"), Optional.of(put("state")), lineage(2), now);
    ModelVersion other = publish(OTHER, 1, put("one"));
    assertEquals(1, one.number());
    assertEquals(2, two.number());
    assertEquals(1, other.number());
    assertEquals(List.of(one, two), store.versions(MODEL));
    assertEquals(Optional.of(two), store.latest(MODEL));
    assertEquals(Optional.empty(), store.latest(StoreName.of("none")));
    assertEquals(lineage(2), two.lineage());
    assertEquals(now, two.publishedAt());
  }

  @Test
  void publishingAgainForTheSameRoundChangesNothing() throws IOException {
    ModelVersion first = publish(MODEL, 1, put("one"));
    publish(MODEL, 2, put("two"));
    now = now.plusSeconds(60);
    assertEquals(first, publish(MODEL, 1, put("one")));
    assertEquals(2, store.versions(MODEL).size());
    Digest other = put("other");
    assertThrows(IllegalStateException.class, () -> publish(MODEL, 1, other));
  }

  @Test
  void theStateOfARoundIsReplaced() throws IOException {
    assertEquals(Optional.empty(), store.loadRound(ROUND));
    store.saveRound(ROUND, new byte[] {1, 2, 3});
    store.saveRound(ROUND, new byte[] {4});
    assertArrayEquals(new byte[] {4}, store.loadRound(ROUND).orElseThrow());
    store.deleteRound(ROUND);
    store.deleteRound(ROUND);
    assertEquals(Optional.empty(), store.loadRound(ROUND));
  }

  @Test
  void pruningKeepsTheNewestAndTheirNumbers() throws IOException {
    List<ModelVersion> all = new ArrayList<>();
    for (int round = 1; round <= 4; round++) {
      all.add(publish(MODEL, round, put("model " + round)));
    }
    store.prune(MODEL, 2);
    store.prune(StoreName.of("none"), 2);
    assertEquals(all.subList(2, 4), store.versions(MODEL));
    assertEquals(5, publish(MODEL, 5, put("model 5")).number());
  }

  @Test
  void whatNobodyNamesIsCollectedWhenItIsOld() throws IOException {
    Digest published = put("published");
    Digest state = put("state");
    store.publish(MODEL, published, Optional.of(state), lineage(1), now);
    Digest live = put("live");
    Digest orphan = put("orphan");
    now = now.plusSeconds(3_600);
    Digest young = put("young");

    assertEquals(1, store.collect(Set.of(live), now));

    assertThrows(NoSuchFileException.class, () -> store.open(orphan));
    for (Digest kept : List.of(published, state, live, young)) {
      store.open(kept);
    }
  }

  @Test
  void severalThreadsMayPut() throws IOException {
    List<CompletableFuture<Digest>> writers = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      String text = "content " + i % 2;
      writers.add(
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return put(text);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              }));
    }
    for (int i = 0; i < WRITERS; i++) {
      assertEquals("content " + i % 2, read(store.open(writers.get(i).join())));
    }
  }
}
