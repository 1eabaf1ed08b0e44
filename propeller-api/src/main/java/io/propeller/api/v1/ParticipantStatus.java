package io.propeller.api.v1;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.fabric8.generator.annotation.Required;
import io.sundr.builder.annotations.Buildable;
import java.time.Instant;
import lombok.Data;
import org.jspecify.annotations.Nullable;

/** What a worker contributed. */
@Data
@Buildable(builderPackage = "io.fabric8.kubernetes.api.builder", editableEnabled = false)
public class ParticipantStatus extends Extensible {

  /** Name of the Proplet resource. */
  @Required
  @SuppressWarnings("NullAway.Init") // required by the schema
  private String propletId;

  /** How far it is, as one word. */
  private @Nullable String status;

  /** When its last update came. */
  @JsonSerialize(using = Rfc3339.Writer.class)
  @JsonDeserialize(using = Rfc3339.Reader.class)
  private @Nullable Instant lastUpdate;
}
