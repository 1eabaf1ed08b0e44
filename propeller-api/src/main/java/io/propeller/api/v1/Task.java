package io.propeller.api.v1;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalSelectableField;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;
import io.sundr.builder.annotations.Buildable;
import io.sundr.builder.annotations.BuildableReference;
import org.jspecify.annotations.Nullable;

/**
 * A call of a WebAssembly function, which the operator places on a worker and whose result it
 * records.
 */
@Group(PropellerApi.GROUP)
@Version(PropellerApi.VERSION)
@Plural("tasks")
@ShortNames("ptask")
@Categories(PropellerApi.CATEGORY)
@Buildable(
    builderPackage = "io.fabric8.kubernetes.api.builder",
    editableEnabled = false,
    refs = @BuildableReference(ObjectMeta.class))
@AdditionalPrinterColumn(name = "Phase", jsonPath = ".status.phase")
@AdditionalPrinterColumn(name = "Proplet", jsonPath = ".status.assignedProplet")
@AdditionalPrinterColumn(
    name = "Attempts",
    jsonPath = ".status.attempts",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "Started",
    jsonPath = ".status.startedAt",
    type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(
    name = "Finished",
    jsonPath = ".status.finishedAt",
    type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(name = "Mode", jsonPath = ".spec.mode", priority = 1)
@AdditionalPrinterColumn(
    name = "Priority",
    jsonPath = ".spec.priority",
    type = AdditionalPrinterColumn.Type.INTEGER,
    priority = 1)
@AdditionalPrinterColumn(
    name = "Preferred Type",
    jsonPath = ".spec.preferredPropletType",
    priority = 1)
@AdditionalPrinterColumn(name = "Next Run", jsonPath = ".status.nextRun", priority = 1)
@AdditionalPrinterColumn(
    name = "Reason",
    jsonPath = ".status.conditions[?(@.type==\"Scheduled\")].message",
    priority = 1)
@AdditionalPrinterColumn(name = "Error", jsonPath = ".status.error", priority = 1)
@AdditionalSelectableField(jsonPath = ".spec.jobId")
@AdditionalSelectableField(jsonPath = ".spec.workflowId")
@AdditionalSelectableField(jsonPath = ".status.assignedProplet")
@AdditionalSelectableField(jsonPath = ".status.phase")
public class Task extends CustomResource<TaskSpec, TaskStatus> implements Namespaced {
  private static final long serialVersionUID = 1L;

  @Override
  protected TaskSpec initSpec() {
    return new TaskSpec();
  }

  /** The status, or null before the operator has seen the resource. */
  @Override
  public @Nullable TaskStatus getStatus() {
    return super.getStatus();
  }

  /** Returns the phase, which is pending before the operator has seen the resource. */
  public TaskPhase phase() {
    TaskStatus status = getStatus();
    TaskPhase phase = status == null ? null : status.getPhase();
    return phase == null ? TaskPhase.PENDING : phase;
  }

  /** Returns the name of the work: {@code spec.name}, or else the resource's own name. */
  public String workName() {
    String name = getSpec().getName();
    return name == null || name.isEmpty() ? getMetadata().getName() : name;
  }

  /** Returns the exported function to call: {@code spec.functionName}, or else the work's name. */
  public String functionToCall() {
    String function = getSpec().getFunctionName();
    return function == null || function.isEmpty() ? workName() : function;
  }
}
