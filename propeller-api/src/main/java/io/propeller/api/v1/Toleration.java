package io.propeller.api.v1;

import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.sundr.builder.annotations.Buildable;
import lombok.Data;
import org.jspecify.annotations.Nullable;

/** Taints that do not keep a task away. */
@Data
@Buildable(builderPackage = "io.fabric8.kubernetes.api.builder", editableEnabled = false)
@Rules({
  @ValidationRule(
      value = "self.operator != 'Exists' || !has(self.value) || self.value == ''",
      message = "operator Exists takes any value: leave out value",
      fieldPath = ".value"),
  @ValidationRule(
      value = "self.operator != 'Equal' || (has(self.key) && self.key != '')",
      message = "operator Equal needs key; to tolerate every taint use operator Exists",
      fieldPath = ".key")
})
public class Toleration extends Extensible {

  /** Key of the taint; every key if absent and the operator is Exists. */
  @Size(max = 316)
  private @Nullable String key;

  /** How key and value are compared. */
  @Default("Equal")
  private TolerationOperator operator = TolerationOperator.EQUAL;

  /** Value of the taint. */
  @Size(max = 63)
  private @Nullable String value;

  /** Effect of the taint; either if absent. */
  private @Nullable TaintEffect effect;
}
