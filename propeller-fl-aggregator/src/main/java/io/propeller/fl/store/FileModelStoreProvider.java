package io.propeller.fl.store;

import static com.google.common.base.Preconditions.checkArgument;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/** Opens a {@link FileModelStore} in the folder that a configuration names. */
final class FileModelStoreProvider implements ModelStoreProvider {
  private static final String FOLDER = "folder";

  @Override
  public String name() {
    return "file";
  }

  @Override
  public ModelStore create(Map<String, ?> config, InstantSource clock) throws IOException {
    for (String setting : config.keySet()) {
      checkArgument(
          setting.equals(FOLDER), "model store file knows the setting folder, not %s", setting);
    }
    checkArgument(
        config.get(FOLDER) instanceof String folder && !folder.isBlank(),
        "the setting folder of model store file must be the path of a folder, is %s",
        config.get(FOLDER));
    return FileModelStore.open(Path.of((String) config.get(FOLDER)), clock);
  }
}
