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

/** A batch of Tasks that run together, one after the other, or as they depend on each other. */
@Group(PropellerApi.GROUP)
@Version(PropellerApi.VERSION)
@Plural("propellerjobs")
@ShortNames("pjob")
@Categories(PropellerApi.CATEGORY)
@Buildable(
    builderPackage = "io.fabric8.kubernetes.api.builder",
    editableEnabled = false,
    refs = @BuildableReference(ObjectMeta.class))
@AdditionalPrinterColumn(name = "Phase", jsonPath = ".status.phase")
@AdditionalPrinterColumn(name = "Mode", jsonPath = ".spec.executionMode")
@AdditionalPrinterColumn(
    name = "Tasks",
    jsonPath = ".status.taskCount",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "Completed",
    jsonPath = ".status.completedCount",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "Failed",
    jsonPath = ".status.failedCount",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(
    name = "Skipped",
    jsonPath = ".status.skippedCount",
    type = AdditionalPrinterColumn.Type.INTEGER,
    priority = 1)
@AdditionalPrinterColumn(
    name = "Interrupted",
    jsonPath = ".status.interruptedCount",
    type = AdditionalPrinterColumn.Type.INTEGER,
    priority = 1)
@AdditionalPrinterColumn(
    name = "Started",
    jsonPath = ".status.startTime",
    type = AdditionalPrinterColumn.Type.DATE,
    priority = 1)
@AdditionalPrinterColumn(
    name = "Finished",
    jsonPath = ".status.finishTime",
    type = AdditionalPrinterColumn.Type.DATE,
    priority = 1)
@AdditionalSelectableField(jsonPath = ".status.phase")
public class PropellerJob extends CustomResource<PropellerJobSpec, PropellerJobStatus>
    implements Namespaced {
  private static final long serialVersionUID = 1L;

  @Override
  protected PropellerJobSpec initSpec() {
    return new PropellerJobSpec();
  }

  /** The status, or null before the operator has seen the resource. */
  @Override
  public @Nullable PropellerJobStatus getStatus() {
    return super.getStatus();
  }
}
