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
 * A worker that runs WebAssembly tasks: pods of this cluster, or a device behind an MQTT broker.
 */
@Group(PropellerApi.GROUP)
@Version(PropellerApi.VERSION)
@Plural("proplets")
@ShortNames("plet")
@Categories(PropellerApi.CATEGORY)
@Buildable(
    builderPackage = "io.fabric8.kubernetes.api.builder",
    editableEnabled = false,
    refs = @BuildableReference(ObjectMeta.class))
@AdditionalPrinterColumn(name = "Type", jsonPath = ".spec.type")
@AdditionalPrinterColumn(name = "Phase", jsonPath = ".status.phase")
@AdditionalPrinterColumn(
    name = "Ready",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(
    name = "Tasks",
    jsonPath = ".status.taskCount",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "Last Seen",
    jsonPath = ".status.lastSeen",
    type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(
    name = "Cordoned",
    jsonPath = ".spec.unschedulable",
    type = AdditionalPrinterColumn.Type.BOOLEAN,
    priority = 1)
@AdditionalPrinterColumn(
    name = "Identity",
    jsonPath = ".spec.connectionConfig['clientId','entityId']",
    priority = 1)
@AdditionalPrinterColumn(name = "Device", jsonPath = ".spec.external.deviceType", priority = 1)
@AdditionalPrinterColumn(
    name = "Replicas",
    jsonPath = ".status.k8sStatus.readyReplicas",
    type = AdditionalPrinterColumn.Type.INTEGER,
    priority = 1)
@AdditionalPrinterColumn(
    name = "Version",
    jsonPath = ".status.metadata.propletVersion",
    priority = 1)
@AdditionalSelectableField(jsonPath = ".spec.type")
@AdditionalSelectableField(jsonPath = ".status.phase")
public class Proplet extends CustomResource<PropletSpec, PropletStatus> implements Namespaced {
  private static final long serialVersionUID = 1L;

  @Override
  protected PropletSpec initSpec() {
    return new PropletSpec();
  }

  /** The status, or null before the operator has seen the resource. */
  @Override
  public @Nullable PropletStatus getStatus() {
    return super.getStatus();
  }
}
