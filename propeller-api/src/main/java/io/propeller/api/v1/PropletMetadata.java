package io.propeller.api.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.sundr.builder.annotations.Buildable;
import java.util.ArrayList;
import java.util.List;
import lombok.Data;
import org.jspecify.annotations.Nullable;

/** What a worker says of itself when it starts. */
@Data
@Buildable(builderPackage = "io.fabric8.kubernetes.api.builder", editableEnabled = false)
public class PropletMetadata extends Extensible {

  /** Description in its own words. */
  private @Nullable String description;

  /** Tags. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  private List<String> tags = new ArrayList<>();

  /** Where it is. */
  private @Nullable String location;

  /** Its IP address. */
  private @Nullable String ip;

  /** What it runs in, such as docker, binary or embedded. */
  private @Nullable String environment;

  /** Its operating system. */
  private @Nullable String os;

  /** Its host name. */
  private @Nullable String hostname;

  /** Architecture of its processor. */
  private @Nullable String cpuArch;

  /** Its memory in bytes. */
  private @Nullable Long totalMemoryBytes;

  /** Its version. */
  private @Nullable String propletVersion;

  /** The WebAssembly runtime that it uses. */
  private @Nullable String wasmRuntime;
}
