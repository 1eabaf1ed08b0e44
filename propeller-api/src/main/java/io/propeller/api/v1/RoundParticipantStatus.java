package io.propeller.api.v1;

import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.sundr.builder.annotations.Buildable;
import lombok.Data;
import org.jspecify.annotations.Nullable;

/** What a worker contributes to a round. */
@Data
@Buildable(builderPackage = "io.fabric8.kubernetes.api.builder", editableEnabled = false)
public class RoundParticipantStatus extends Extensible {

  /** Name of the Proplet resource. */
  @Required
  @SuppressWarnings("NullAway.Init") // required by the schema
  private String propletId;

  /** The Task with which it trains. */
  private @Nullable ObjectReference taskRef;

  /** How far it is, as one word. */
  private @Nullable String status;

  /** Whether its update was counted. */
  private boolean updateReceived;
}
