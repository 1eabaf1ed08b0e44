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

/** One round of a FederatedJob: its participants train, and their updates become a model. */
@Group(PropellerApi.GROUP)
@Version(PropellerApi.VERSION)
@Plural("trainingrounds")
@ShortNames("flround")
@Categories(PropellerApi.CATEGORY)
@Buildable(
    builderPackage = "io.fabric8.kubernetes.api.builder",
    editableEnabled = false,
    refs = @BuildableReference(ObjectMeta.class))
@AdditionalPrinterColumn(name = "Phase", jsonPath = ".status.phase")
@AdditionalPrinterColumn(name = "Job", jsonPath = ".spec.federatedJobRef.name")
@AdditionalPrinterColumn(
    name = "Updates",
    jsonPath = ".status.updatesReceived",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "Required",
    jsonPath = ".status.updatesRequired",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(
    name = "Started",
    jsonPath = ".status.startTime",
    type = AdditionalPrinterColumn.Type.DATE,
    priority = 1)
@AdditionalPrinterColumn(
    name = "Ended",
    jsonPath = ".status.endTime",
    type = AdditionalPrinterColumn.Type.DATE,
    priority = 1)
@AdditionalPrinterColumn(name = "Model", jsonPath = ".status.aggregatedModelRef", priority = 1)
@AdditionalSelectableField(jsonPath = ".spec.federatedJobRef.name")
@AdditionalSelectableField(jsonPath = ".status.phase")
public class TrainingRound extends CustomResource<TrainingRoundSpec, TrainingRoundStatus>
    implements Namespaced {
  private static final long serialVersionUID = 1L;

  @Override
  protected TrainingRoundSpec initSpec() {
    return new TrainingRoundSpec();
  }

  /** The status, or null before the operator has seen the resource. */
  @Override
  public @Nullable TrainingRoundStatus getStatus() {
    return super.getStatus();
  }
}
