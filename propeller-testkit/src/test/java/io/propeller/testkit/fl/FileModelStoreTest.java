package io.propeller.testkit.fl;

import io.propeller.fl.store.FileModelStore;
import io.propeller.fl.store.ModelStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.io.TempDir;

class FileModelStoreTest extends ModelStoreContract {
  @TempDir Path folder;

  @Override
  protected ModelStore create(InstantSource clock) throws IOException {
    return FileModelStore.open(folder, clock);
  }
}
