package io.propeller.mqtt.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.propeller.mqtt.chunk.ChunkAssembler.Outcome;
import io.propeller.mqtt.message.Bytes;
import io.propeller.mqtt.message.Chunk;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ChunkTest {

  private Instant now = Instant.EPOCH;

  @Property(tries = 50)
  void piecesInAnyOrderAndWithRepeatsMakeTheModule(
      @ForAll @IntRange(min = 1, max = 2_000_000) int size, @ForAll Random random) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    ChunkedModule module = ChunkedModule.of("app:v1", Bytes.wrap(bytes));
    List<Chunk> pieces = new ArrayList<>(module.split());
    pieces.addAll(module.split().subList(0, pieces.size() / 2));
    Collections.shuffle(pieces, random);
    ChunkAssembler assembler = assembler(1L << 30);

    List<Outcome> outcomes = pieces.stream().map(assembler::add).toList();

    assertThat(outcomes).filteredOn(Outcome.Complete.class::isInstance).hasSize(1);
    assertThat(outcomes).noneMatch(Outcome.Refused.class::isInstance);
    assertThat(assembler.module(module.name())).contains(module.bytes());
  }

  @Test
  void piecesAreOf256KiBAndTheNameCarriesTheDigest() {
    ChunkedModule module = ChunkedModule.of("app:v1", Bytes.wrap(new byte[600 << 10]));

    assertThat(module.name()).isEqualTo("app:v1@sha256:" + module.bytes().sha256());
    assertThat(module.split())
        .extracting(piece -> piece.data().size())
        .containsExactly(256 << 10, 256 << 10, 88 << 10);
    assertThat(ChunkedModule.of(module.name(), module.bytes()).name()).isEqualTo(module.name());
  }

  @Test
  void aNameThatDoesNotStandForItsContentIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ChunkedModule("app:v1", Bytes.wrap(new byte[1])));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ChunkedModule.of("app:v1", Bytes.empty()));
  }

  @Test
  void theFirstCopyOfAPieceIsKept() {
    ChunkAssembler assembler = assembler(1000);
    assembler.add(piece("a", 0, 2, 1));

    assertThat(assembler.add(piece("a", 0, 2, 9))).isEqualTo(new Outcome.Repeated());
    assertThat(assembler.add(piece("a", 1, 2, 2)))
        .isEqualTo(new Outcome.Complete(Bytes.copyOf(new byte[] {1, 2})));
  }

  @Test
  void anotherNumberOfPiecesUnderTheSameNameIsRefused() {
    ChunkAssembler assembler = assembler(1000);
    assembler.add(piece("a", 0, 2, 1));

    assertThat(assembler.add(piece("a", 1, 3, 1)))
        .isEqualTo(new Outcome.Refused("a has 2 pieces, not 3"));
  }

  @Test
  void piecesAreForgottenInTime() {
    ChunkAssembler assembler = assembler(300);
    assembler.add(piece("a", 0, 2, 1));
    now = now.plus(ChunkAssembler.KEPT);

    assertThat(assembler.add(piece("a", 1, 3, 2))).isEqualTo(new Outcome.Kept());
    assertThat(assembler.add(piece("b", 0, 1, 3))).isInstanceOf(Outcome.Complete.class);
  }

  @Test
  void noMoreIsHeldThanMayBe() {
    ChunkAssembler assembler = assembler(300);
    assembler.add(piece("a", 0, 2, 1));
    assembler.add(piece("b", 0, 2, 1));

    assertThat(assembler.add(piece("c", 0, 2, 1))).isInstanceOf(Outcome.Refused.class);
  }

  private ChunkAssembler assembler(long maxBytes) {
    return new ChunkAssembler(() -> now, ChunkAssembler.KEPT.plus(Duration.ZERO), maxBytes);
  }

  private static Chunk piece(String name, int index, int total, int content) {
    return Chunk.builder()
        .appName(name)
        .index(index)
        .total(total)
        .data(Bytes.copyOf(new byte[] {(byte) content}))
        .build();
  }
}
