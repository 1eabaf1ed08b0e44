package io.propeller.testkit.kube;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The outcome of a search for the programs of a Kubernetes control plane. */
public sealed interface KubeBinaries {

  /**
   * The programs are there.
   *
   * @param folder holds {@code etcd} and {@code kube-apiserver}
   */
  record Found(Path folder) implements KubeBinaries {}

  /**
   * They are not.
   *
   * @param remedy one line on how to get them
   */
  record Missing(String remedy) implements KubeBinaries {}

  /**
   * Looks in the folder that the environment variable {@code KUBEBUILDER_ASSETS} names, as users of
   * envtest have it, and without that variable in the user's cache folder, which the script {@code
   * dev/kube/binaries} of this project fills.
   */
  static KubeBinaries find() {
    return find(System.getenv(), Path.of(System.getProperty("user.home")));
  }

  /** Looks as {@link #find()} does, under another environment and home folder. */
  static KubeBinaries find(Map<String, String> environment, Path home) {
    String assets = environment.getOrDefault("KUBEBUILDER_ASSETS", "");
    if (!assets.isEmpty()) {
      Path folder = Path.of(assets);
      return lacking(folder)
          .map(
              program ->
                  (KubeBinaries)
                      new Missing(
                          "KUBEBUILDER_ASSETS=%s has no program %s: set it to a folder with etcd and kube-apiserver, or unset it and run dev/kube/binaries"
                              .formatted(assets, program)))
          .findFirst()
          .orElseGet(() -> new Found(folder));
    }
    String cache = environment.getOrDefault("XDG_CACHE_HOME", "");
    Path folder =
        (cache.isEmpty() ? home.resolve(".cache") : Path.of(cache))
            .resolve("propeller")
            .resolve("kube-1.34.4-etcd-3.6.4");
    return lacking(folder).findFirst().isEmpty()
        ? new Found(folder)
        : new Missing(
            "no etcd and kube-apiserver: run dev/kube/binaries (needs Go 1.24), or set"
                + " KUBEBUILDER_ASSETS to a folder with both");
  }

  private static Stream<String> lacking(Path folder) {
    return List.of("etcd", "kube-apiserver").stream()
        .filter(program -> !Files.isExecutable(folder.resolve(program)));
  }
}
