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

/** An experiment of federated learning: rounds in which workers train a model on their own data. */
@Group(PropellerApi.GROUP)
@Version(PropellerApi.VERSION)
@Plural("federatedjobs")
@ShortNames("fljob")
@Categories(PropellerApi.CATEGORY)
@Buildable(
    builderPackage = "io.fabric8.kubernetes.api.builder",
    editableEnabled = false,
    refs = @BuildableReference(ObjectMeta.class))
@AdditionalPrinterColumn(name = "Phase", jsonPath = ".status.phase")
@AdditionalPrinterColumn(
    name = "Round",
    jsonPath = ".status.currentRound",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "Completed",
    jsonPath = ".status.completedRounds",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "Total",
    jsonPath = ".spec.rounds.total",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(
    name = "K",
    jsonPath = ".spec.kOfN",
    type = AdditionalPrinterColumn.Type.INTEGER,
    priority = 1)
@AdditionalPrinterColumn(name = "Algorithm", jsonPath = ".spec.aggregator.algorithm", priority = 1)
@AdditionalPrinterColumn(name = "Model", jsonPath = ".status.aggregatedModelRef", priority = 1)
@AdditionalSelectableField(jsonPath = ".status.phase")
public class FederatedJob extends CustomResource<FederatedJobSpec, FederatedJobStatus>
    implements Namespaced {
  private static final long serialVersionUID = 1L;

  @Override
  protected FederatedJobSpec initSpec() {
    return new FederatedJobSpec();
  }

  /** The status, or null before the operator has seen the resource. */
  @Override
  public @Nullable FederatedJobStatus getStatus() {
    return super.getStatus();
  }
}
