package io.propeller.api.v1;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.fabric8.generator.annotation.Required;
import io.sundr.builder.annotations.Buildable;
import java.time.Instant;
import lombok.Data;
import org.jspecify.annotations.Nullable;

/** An attempt of a deleted task that a worker is to stop, and could not be told to. */
@Data
@Buildable(builderPackage = "io.fabric8.kubernetes.api.builder", editableEnabled = false)
public class PendingStop extends Extensible {

  /** Id of the attempt on the wire. */
  @Required
  @SuppressWarnings("NullAway.Init") // required by the schema
  private String attempt;

  /** Function that the task calls, which some workers want to be told. */
  @Required
  @SuppressWarnings("NullAway.Init") // required by the schema
  private String functionName;

  /** Since when the attempt is to stop; a day later it is no longer waited for. */
  @JsonSerialize(using = Rfc3339.Writer.class)
  @JsonDeserialize(using = Rfc3339.Reader.class)
  private @Nullable Instant since;
}
