package io.propeller.api.v1;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.sundr.builder.annotations.Buildable;
import java.time.Instant;
import lombok.Data;
import org.jspecify.annotations.Nullable;

/** One time that a task was sent to a worker. */
@Data
@Buildable(builderPackage = "io.fabric8.kubernetes.api.builder", editableEnabled = false)
public class AttemptStatus extends Extensible {

  /** Number of the attempt in the task's life, from 1. */
  @Min(1)
  @Required
  private int number;

  /** Proplet resource that it was sent to; absent for a broadcast. */
  private @Nullable String proplet;

  /** Attempt of the latent task that it calls, as its id on the wire; absent if it calls none. */
  private @Nullable String invoked;

  /** When it was decided to send it. */
  @JsonSerialize(using = Rfc3339.Writer.class)
  @JsonDeserialize(using = Rfc3339.Reader.class)
  private @Nullable Instant scheduledAt;

  /** When it was given up or ended; absent while it goes on. */
  @JsonSerialize(using = Rfc3339.Writer.class)
  @JsonDeserialize(using = Rfc3339.Reader.class)
  private @Nullable Instant endedAt;

  /** Why it ended, as one word such as Failed, PropletLost or PropletRestarted. */
  private @Nullable String reason;
}
