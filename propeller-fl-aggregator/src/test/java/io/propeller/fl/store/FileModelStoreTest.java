package io.propeller.fl.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.propeller.fl.update.RoundId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is particular to files; the rest is in the contract that all stores keep. */
class FileModelStoreTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final byte[] BYTES = "some content".getBytes(StandardCharsets.UTF_8);

  @TempDir Path parent;
  private Path folder;
  private FileModelStore store;

  @BeforeEach
  void open() throws IOException {
    folder = parent.resolve("store");
    store = FileModelStore.open(folder, () -> NOW);
  }

  private Path contentFile(Digest digest) {
    return folder.resolve("content").resolve(digest.hex().substring(0, 2)).resolve(digest.hex());
  }

  @Test
  void namesCannotLeaveTheFolder() {
    for (String name :
        new String[] {
          "..",
          ".",
          "",
          "a/b",
          "../a",
          "/a",
          "a\\b",
          "a..b",
          "A",
          "a\u0000",
          ".a",
          "a.",
          "-a",
          "ä",
          "a".repeat(254)
        }) {
      assertThatThrownBy(() -> StoreName.of(name))
          .as(name)
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> new Digest("../".repeat(21) + "a"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(StoreName.of("default", "my-job").value()).isEqualTo("default.my-job");
  }

  @Test
  void everythingIsThereAfterAReopen() throws IOException {
    Digest digest = store.put(out -> out.write(BYTES));
    StoreName model = StoreName.of("m");
    ModelVersion version =
        store.publish(
            model,
            digest,
            Optional.of(digest),
            Lineage.of(
                RoundId.of(1),
                "fedavg",
                Optional.of(digest),
                Map.of(io.propeller.fl.update.ParticipantId.of("ä/p"), digest)),
            NOW);
    store.saveRound(StoreName.of("r"), BYTES);

    FileModelStore reopened = FileModelStore.open(folder, () -> NOW);
    assertThat(reopened.open(digest).size()).isEqualTo(BYTES.length);
    assertThat(reopened.versions(model)).containsExactly(version);
    assertThat(reopened.loadRound(StoreName.of("r"))).contains(BYTES);
  }

  @Test
  void anInterruptedWriteLeavesNothing() throws IOException {
    assertThatThrownBy(
            () ->
                store.put(
                    out -> {
                      out.write(BYTES);
                      throw new IOException("cut");
                    }))
        .hasMessage("cut");
    partial("left-by-a-crash", NOW.minusSeconds(7_200));
    FileModelStore.open(folder, () -> NOW);

    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files.filter(Files::isRegularFile)).isEmpty();
    }
  }

  @Test
  void whatAnotherProcessIsWritingIsLeftAlone() throws IOException {
    Path written = partial("by-another", NOW.minusSeconds(60));
    FileModelStore.open(folder, () -> NOW);
    assertThat(written).hasBinaryContent(BYTES);
  }

  private Path partial(String name, Instant modified) throws IOException {
    Path file = folder.resolve("partial").resolve(name);
    Files.write(file, BYTES);
    return Files.setLastModifiedTime(file, FileTime.from(modified));
  }

  @Test
  void damagedContentIsNotRead() throws IOException {
    Digest digest = store.put(out -> out.write(BYTES));
    Files.write(contentFile(digest), "some c0ntent".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> store.open(digest))
        .isInstanceOf(CorruptContentException.class)
        .hasMessageContaining(digest.toString());
    assertThat(store.put(out -> out.write(BYTES)))
        .as("writing it again mends it")
        .isEqualTo(digest);
    assertThat(store.open(digest).size()).isEqualTo(BYTES.length);
  }

  @Test
  void linksAreNotFollowed() throws IOException {
    Path secret = Files.write(parent.resolve("secret"), BYTES);
    Digest digest = Digest.of(BYTES);
    Files.createDirectories(contentFile(digest).getParent());
    Files.createSymbolicLink(contentFile(digest), secret);
    assertThatThrownBy(() -> store.open(digest)).isInstanceOf(IOException.class);

    Path other = Files.createDirectory(parent.resolve("other"));
    Files.createDirectory(parent.resolve("elsewhere"));
    Files.createSymbolicLink(other.resolve("content"), parent.resolve("elsewhere"));
    assertThatThrownBy(() -> FileModelStore.open(other, () -> NOW)).hasMessageContaining("link");
  }

  @Test
  void aDamagedVersionRecordIsReported() throws IOException {
    Digest digest = store.put(out -> out.write(BYTES));
    StoreName model = StoreName.of("m");
    store.publish(
        model,
        digest,
        Optional.empty(),
        Lineage.of(RoundId.of(1), "fedavg", Optional.empty(), Map.of()),
        NOW);
    Files.write(
        folder.resolve("models").resolve("m").resolve("1.json"),
        "{\"name\":\"m\"}".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> store.versions(model))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("has no number");
  }

  @Test
  void itHoldsNoMoreThanItsLimitAlsoWhenItIsOpenedAnew() throws IOException {
    store.put(out -> out.write(BYTES));
    FileModelStore limited = FileModelStore.open(folder, () -> NOW, 2L * BYTES.length);
    limited.put(out -> out.write(BYTES));
    Digest other = limited.put(out -> out.write("other bytes.".getBytes(StandardCharsets.UTF_8)));

    assertThatThrownBy(() -> limited.put(out -> out.write(1)))
        .isInstanceOf(StoreFullException.class)
        .hasMessageContaining("1 bytes more do not fit");
    assertThat(limited.collect(Set.of(other), NOW.plusSeconds(1))).isEqualTo(1);
    limited.put(out -> out.write(1));
  }

  @Test
  void whatAnotherProcessHasPutCountsOnceItIsTidied() throws IOException {
    FileModelStore limited = FileModelStore.open(folder, () -> NOW, 3L * BYTES.length);
    Digest theirs = store.put(out -> out.write(BYTES));
    Digest ours = limited.put(out -> out.write("other bytes.".getBytes(StandardCharsets.UTF_8)));
    Digest more = limited.put(out -> out.write("more bytes..".getBytes(StandardCharsets.UTF_8)));

    assertThat(limited.collect(Set.of(theirs, ours, more), NOW.plusSeconds(1))).isZero();
    assertThatThrownBy(() -> limited.put(out -> out.write(1)))
        .isInstanceOf(StoreFullException.class);
  }

  @Test
  void aModelCanBeForgotten() throws IOException {
    Digest content = store.put(out -> out.write(BYTES));
    StoreName model = StoreName.of("default", "gone");
    store.publish(
        model,
        content,
        Optional.empty(),
        Lineage.of(RoundId.of(1), "fedavg", Optional.empty(), Map.of()),
        NOW);
    assertThat(store.models()).containsExactly(model);
    store.delete(model);
    store.delete(model);
    assertThat(store.models()).isEmpty();
    assertThat(store.versions(model)).isEmpty();
  }
}
