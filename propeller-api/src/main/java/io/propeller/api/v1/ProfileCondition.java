package io.propeller.api.v1;

import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.sundr.builder.annotations.Buildable;
import lombok.Data;

/** A statement about the latest metrics of a worker. */
@Data
@Buildable(builderPackage = "io.fabric8.kubernetes.api.builder", editableEnabled = false)
public class ProfileCondition extends Extensible {

  /** Name under which tasks ask for the condition. */
  @Required
  @Size(min = 1, max = 63)
  @SuppressWarnings("NullAway.Init") // required by the schema
  private String name;

  /**
   * The statement, such as "cpu < 25% && battery > 40" or "battery == nil". It may use the
   * operators <, <=, >, >=, ==, !=, &&, || and !, parentheses, numbers with or without %, nil for
   * what was never reported, and the variables cpu, memory and those under custom_metrics.
   */
  @Required
  @Size(min = 1, max = 1024)
  @SuppressWarnings("NullAway.Init") // required by the schema
  private String expression;
}
