package io.propeller.fl.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelStoresTest {
  private static final InstantSource CLOCK = InstantSource.system();

  /** Is found on the class path. */
  public static final class Memory implements ModelStoreProvider {
    @Override
    public String name() {
      return "memory";
    }

    @Override
    public ModelStore create(Map<String, ?> config, InstantSource clock) {
      return new InMemoryModelStore(clock);
    }
  }

  @TempDir private Path folder;

  @Test
  void aStoreOnTheClassPathIsFoundByItsName() throws IOException {
    ModelStores stores = ModelStores.load();

    assertThat(stores.names()).containsExactly("file", "memory");
    assertThat(stores.create("memory", Map.of(), CLOCK)).isInstanceOf(InMemoryModelStore.class);
  }

  @Test
  void theStoreOfFilesKeepsWhatItIsGivenInItsFolder() throws IOException {
    Map<String, String> config = Map.of("folder", folder.toString());
    StoreName round = StoreName.of("round-1");
    ModelStores.load().create("file", config, CLOCK).saveRound(round, new byte[] {7});

    assertThat(ModelStores.load().create("file", config, CLOCK).loadRound(round))
        .hasValueSatisfying(state -> assertThat(state).containsExactly(7));
  }

  @Test
  void whatIsWrongWithAConfigurationIsNamed() {
    ModelStores stores = ModelStores.of(List.of());

    assertThatThrownBy(() -> stores.create("s3", Map.of(), CLOCK))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("model store 's3' is unknown; known are file");
    assertThatThrownBy(() -> stores.create("file", Map.of(), CLOCK))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the setting folder of model store file must be the path of a folder, is null");
    assertThatThrownBy(() -> stores.create("file", Map.of("folder", "x", "path", "y"), CLOCK))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("model store file knows the setting folder, not path");
    assertThatThrownBy(() -> ModelStores.of(List.of(new Memory(), new Memory())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("two model stores are named memory: ");
  }
}
