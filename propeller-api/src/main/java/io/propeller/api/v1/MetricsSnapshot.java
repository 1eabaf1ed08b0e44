package io.propeller.api.v1;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.sundr.builder.annotations.Buildable;
import java.time.Instant;
import lombok.Data;
import org.jspecify.annotations.Nullable;

/** A report of load. Percentages are in thousandths of a percent: 50000 is 50 %. */
@Data
@Buildable(builderPackage = "io.fabric8.kubernetes.api.builder", editableEnabled = false)
public class MetricsSnapshot extends Extensible {

  /** When it was taken. */
  @JsonSerialize(using = Rfc3339.Writer.class)
  @JsonDeserialize(using = Rfc3339.Reader.class)
  private @Nullable Instant timestamp;

  /** Processor load in thousandths of a percent. */
  private @Nullable Long cpuMilliPercent;

  /** Memory in use in thousandths of a percent. */
  private @Nullable Long memoryMilliPercent;

  /** Memory in use in bytes. */
  private @Nullable Long memoryBytes;
}
