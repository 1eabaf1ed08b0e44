package io.propeller.operator.internal.resources;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.javaoperatorsdk.operator.api.config.Cloner;
import io.propeller.api.v1.PropellerJob;
import io.propeller.api.v1.PropellerJobStatusBuilder;
import io.propeller.api.v1.Proplet;
import io.propeller.api.v1.PropletBuilder;
import io.propeller.api.v1.Task;
import io.propeller.api.v1.TaskBuilder;

/**
 * Copies what reconcilers are given of a cache. The kinds that there are many of are copied by
 * their builders, without writing them as JSON and reading that.
 */
public final class BuilderCloner implements Cloner {

  private final KubernetesSerialization json;

  /** Makes a cloner that copies other kinds by way of JSON. */
  public BuilderCloner(KubernetesSerialization json) {
    this.json = json;
  }

  @Override
  @SuppressWarnings("unchecked") // a copy is of the class of its original
  public <R extends HasMetadata> R clone(R resource) {
    if (resource instanceof Task task) {
      return (R) new TaskBuilder(task).build();
    }
    if (resource instanceof Proplet proplet) {
      return (R) new PropletBuilder(proplet).build();
    }
    if (resource instanceof PropellerJob job) {
      return (R) clone(job);
    }
    return json.clone(resource);
  }

  /** Copies what is written; the spec may be of 10,000 tasks, and is only read. */
  private static PropellerJob clone(PropellerJob job) {
    PropellerJob copy = new PropellerJob();
    copy.setMetadata(new ObjectMetaBuilder(job.getMetadata()).build());
    copy.setSpec(job.getSpec());
    copy.setStatus(
        job.getStatus() == null ? null : new PropellerJobStatusBuilder(job.getStatus()).build());
    return copy;
  }
}
