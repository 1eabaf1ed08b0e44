package io.propeller.operator.internal.cli;

import io.propeller.operator.OperatorOptions;
import io.propeller.operator.internal.module.Network;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Flags about models, large results, and where modules come from. */
final class ModuleFlags extends Flags {

  ModuleFlags(OperatorOptions.Builder options) {
    super(options);
  }

  @Option(
      names = "--model-store",
      paramLabel = "FOLDER",
      description = "folder of models, and of results too large for a status (default: none)")
  void modelStore(@Nullable Path value) {
    set(value, options::modelStore);
  }

  @Option(
      names = "--model-store-limit",
      converter = ByteSize.class,
      paramLabel = "SIZE",
      description =
          "how much that folder may hold, as in 10Gi; what is needed no more goes first (default:"
              + " as much as there is room for)")
  void modelStoreLimit(@Nullable Long value) {
    set(value, options::modelStoreLimit);
  }

  @Option(
      names = "--registry-hosts",
      split = ",",
      paramLabel = "HOST",
      description =
          "registries that modules of devices may be fetched from, and hosts that those send on to,"
              + " separated by commas; http://HOST for one without TLS (default: none)")
  void registryHosts(@Nullable Set<String> value) {
    set(value, options::registryHosts);
  }

  @Option(
      names = "--registry-networks",
      split = ",",
      paramLabel = "CIDR",
      description = "networks such hosts may be on though they are not public (default: none)")
  void registryNetworks(@Nullable Set<Network> value) {
    set(value, networks -> networks.forEach(one -> options.addRegistryNetworks(one.toString())));
  }

  @Option(
      names = "--registry-auth-file",
      converter = AuthFilePath.class,
      paramLabel = "FILE",
      description =
          "Docker config.json with credentials for those registries, such as .dockerconfigjson of a"
              + " Secret; a change counts at once (default: none)")
  void registryAuthFile(@Nullable Path value) {
    set(value, options::registryAuthFile);
  }
}
